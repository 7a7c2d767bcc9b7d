import { useSyncExternalStore } from "react";
import { useInboxClient } from "./NotificationContext";
import type { InboxSnapshot } from "../client/inboxState";

/** The badge and the connection, alive, without any list. */
export function useInbox(): InboxSnapshot {
  const client = useInboxClient();
  return useSyncExternalStore(client.subscribe, client.snapshot);
}
