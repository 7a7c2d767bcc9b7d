import { useState, useMemo, useSyncExternalStore } from "react";
import type { Notification } from "../../client/wire/notification";
import { useInboxClient } from "../../ui/NotificationContext";
import type { Inbox, ItemSnapshot } from "../../client/inboxState";

const none: readonly Notification[] = [];

/**
 * What has left a list since it came into view, because it was read: it stays in its place, so that nothing jumps under
 * the finger, and is as it is now. What was deleted does not stay.
 *
 * @param listed what the list holds
 * @param isActive whether anything leaves it by being read
 */
export function useStaying(listed: readonly Notification[], isActive: boolean): readonly Notification[] {
  const [seen, setSeen] = useState(none);
  const known = new Set(seen.map(({ id }) => id));
  const unseen = isActive ? listed.filter(({ id }) => !known.has(id)) : none;
  if (unseen.length > 0) {
    setSeen([...seen, ...unseen]);
  }
  // Followed from the moment they are seen on: by the time they leave it is known why.
  const snapshots = useItemSnapshots(seen.map(({ id }) => id));
  const present = new Set(listed.map(({ id }) => id));
  return snapshots.flatMap(({ notification }) => (notification && !present.has(notification.id) ? [notification] : []));
}

/** How some single notifications are, in the order of their ids, alive. */
export function useItemSnapshots(ids: readonly number[]): readonly ItemSnapshot[] {
  const client = useInboxClient();
  const key = ids.join();
  const store = useMemo(() => storeOf(client, key === "" ? [] : key.split(",").map(Number)), [client, key]);
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
