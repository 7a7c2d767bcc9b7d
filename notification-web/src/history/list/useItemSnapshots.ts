import { useMemo, useSyncExternalStore } from "react";
import { useInboxClient } from "../../ui/NotificationContext";
import type { Inbox, ItemSnapshot } from "../../client/inboxState";

/** How some single notifications are, in the order of their ids, alive. */
export function useItemSnapshots(ids: readonly number[]): readonly ItemSnapshot[] {
  const client = useInboxClient();
  const key = ids.join();
  const store = useMemo(() => storeOf(client, key === "" ? [] : key.split(",").map(Number)), [client, key]);
  return useSyncExternalStore(store.subscribe, store.snapshot);
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
