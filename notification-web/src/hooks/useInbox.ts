import { useSyncExternalStore } from "react";
import { useInboxClient } from "../contexts/NotificationContext";
import type { InboxSnapshot } from "../realtime/inboxState";

/** The badge and the connection, alive, without any list. */
export function useInbox(): InboxSnapshot {
  const client = useInboxClient();
  return useSyncExternalStore(client.subscribe, client.snapshot);
}
