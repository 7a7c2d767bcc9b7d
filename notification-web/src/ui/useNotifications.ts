import { useSyncExternalStore } from "react";
import { useInboxClient } from "./NotificationContext";
import type { InboxSnapshot, InboxItem, ItemSnapshot, ListSnapshot } from "../client/inboxState";
import type { InboxFilter } from "../client/rest/inboxApi";

/** The badge and the connection, alive, without any list. */
export function useInbox(): InboxSnapshot {
  const client = useInboxClient();
  return useSyncExternalStore(client.subscribe, client.snapshot, client.snapshot);
}

/** One notification, alive: its state follows every change, and `retry` asks again after an error. */
export function useNotification(id: number): ItemSnapshot & Pick<InboxItem, "retry"> {
  const item = useInboxClient().item(id);
  return { ...useSyncExternalStore(item.subscribe, item.snapshot, item.snapshot), retry: item.retry };
}

export interface Notifications extends InboxSnapshot, ListSnapshot {
  /** Opening one marks it read. Shown at once, undone if the api refuses, sent later when there is no network. */
  markAsRead(id: number): void;
  markAsUnread(id: number): void;
  /** Marks read what is here up to `upTo`, the newest that the user sees (default: all), and nothing that arrives later. */
  markAllAsRead(upTo?: number): void;
  /** Hides it at once and deletes it 5 s later; until then `undoRemove` brings it back. */
  remove(id: number): void;
  undoRemove(id: number): void;
  /** Older ones. */
  loadMore(): void;
  /** After an error. */
  retry(): void;
}

const all: InboxFilter = {};

/** The inbox of the signed-in user, alive: whatever changes it, here or anywhere, makes a new result. */
export function useNotifications(filter: InboxFilter = all): Notifications {
  const client = useInboxClient();
  const list = client.list(filter);
  const inbox = useSyncExternalStore(client.subscribe, client.snapshot, client.snapshot);
  const notifications = useSyncExternalStore(list.subscribe, list.snapshot, list.snapshot);
  return {
    ...inbox,
    ...notifications,
    markAsRead: client.markAsRead,
    markAsUnread: client.markAsUnread,
    markAllAsRead: client.markAllAsRead,
    remove: client.remove,
    undoRemove: client.undoRemove,
    loadMore: list.loadMore,
    retry: list.retry,
  };
}
