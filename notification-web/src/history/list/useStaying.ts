import { useState, useMemo, useSyncExternalStore } from "react";
import type { Notification } from "../../client/wire/notification";
import { useInboxClient } from "../../ui/NotificationContext";
import type { Inbox, ItemSnapshot } from "../../client/inboxState";

const none: readonly Notification[] = [];

/**
 * What has left a list since it came into view, because it was read: it stays in its place, so that nothing jumps under
 * the finger, and is as it is now. What was deleted does not stay.
 *
 * @param listed what the list holds: the same array as long as it holds the same
 * @param isActive whether anything leaves it by being read
 */
export function useStaying(listed: readonly Notification[], isActive: boolean): readonly Notification[] {
  const client = useInboxClient();
  const [former, setFormer] = useState({ listed: none, left: [] as readonly number[] });
  if (isActive && former.listed !== listed) {
    const present = new Set(listed.map(({ id }) => id));
    const seen = [...former.left, ...former.listed.map(({ id }) => id)];
    const left = seen.filter((id) => !present.has(id) && client.item(id).snapshot().notification);
    setFormer({ listed, left });
  }
  const snapshots = useItemSnapshots(former.left);
  return useMemo(() => snapshots.flatMap(({ notification }) => notification ?? []), [snapshots]);
}

/** How some single notifications are, in the order of their ids, alive. */
export function useItemSnapshots(ids: readonly number[]): readonly ItemSnapshot[] {
  const client = useInboxClient();
  const store = useMemo(() => storeOf(client, ids), [client, ids]);
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
}

function storeOf(client: Inbox, ids: readonly number[]) {
  const items = ids.map((id) => client.item(id));
  let current: readonly ItemSnapshot[] = [];
  return {
    subscribe: (listener: () => void) => {
      const ends = items.map((item) => item.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    snapshot: () => {
      const next = items.map((item) => item.snapshot());
      if (next.some((snapshot, index) => snapshot !== current[index])) {
        current = next;
      }
      return current;
    },
  };
}
