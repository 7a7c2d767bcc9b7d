import type { InboxFilter } from "../../client/rest/inboxApi";
import type { ListSnapshot } from "../../client/inboxState";
import type { Notification } from "../../client/wire/notification";
import { useHeldList } from "./useHeldList";
import { useNotifications } from "../../ui/useNotifications";
import { useRemovals } from "./useRemovals";
import { useStaying } from "./useStaying";

export interface Entry {
  readonly notification: Notification;
  /** It was deleted here, and can be brought back. */
  readonly isRemoved: boolean;
}

export interface ListView extends Pick<ListSnapshot, "state" | "more"> {
  /** What is seen, newest first: not always what the list holds now. */
  readonly entries: readonly Entry[];
  readonly heldCount: number;
  readonly reveal: () => void;
  readonly loadMore: () => void;
  readonly retry: () => void;
  readonly toggleRead: (notification: Notification) => void;
  /** Marks read what is seen and what is older; null when nothing is unread. */
  readonly markAllRead: (() => void) | null;
  readonly remove: (notification: Notification) => void;
  readonly undo: (notification: Notification) => void;
}

/** A list of notifications as a person reads it: true, but without moving under their eyes. */
export function useListView(filter: InboxFilter, isHolding: boolean): ListView {
  const { notifications, state, more, unreadCount, ...inbox } = useNotifications(filter);
  const { shown, heldCount, reveal } = useHeldList(notifications, state === "ready", isHolding);
  const { removed, remove, undo } = useRemovals();
  const staying = useStaying(shown, filter.unreadOnly === true);
  const entries = entriesOf(shown, removed, staying);
  const newest = entries.find((entry) => !entry.isRemoved)?.notification;
  return {
    state,
    more,
    entries,
    heldCount,
    reveal,
    loadMore: () => inbox.loadMore(),
    retry: () => inbox.retry(),
    toggleRead: ({ id, is_read: isRead }) => (isRead ? inbox.markAsUnread(id) : inbox.markAsRead(id)),
    markAllRead: newest && unreadCount ? () => inbox.markAllAsRead(newest.id) : null,
    remove,
    undo,
  };
}

function entriesOf(
  shown: readonly Notification[],
  removed: readonly Notification[],
  staying: readonly Notification[],
): Entry[] {
  const byId = new Map<number, Entry>();
  const add = (notifications: readonly Notification[], isRemoved: boolean) =>
    notifications
      .filter(({ id }) => !byId.has(id))
      .forEach((notification) => byId.set(notification.id, { notification, isRemoved }));
  add(shown, false);
  add(removed, true);
  add(staying, false);
  return [...byId.values()].sort((one, other) => other.notification.added_seq - one.notification.added_seq);
}
