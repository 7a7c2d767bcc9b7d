import { useSyncExternalStore } from "react";
import { useInboxClient } from "./NotificationContext";
import type { InboxItem, ItemSnapshot } from "../client/inboxState";

/** One notification, alive: its state follows every change, and `retry` asks again after an error. */
export function useNotification(id: number): ItemSnapshot & Pick<InboxItem, "retry"> {
  const item = useInboxClient().item(id);
  return { ...useSyncExternalStore(item.subscribe, item.snapshot), retry: item.retry };
}
