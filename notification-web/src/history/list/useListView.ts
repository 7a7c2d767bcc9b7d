import { useMemo } from "react";
import type { InboxFilter } from "../../client/rest/inboxApi";
import type { ListSnapshot } from "../../client/inboxState";
import type { Notification } from "../../client/wire/notification";
import { useHeldList } from "./useHeldList";
import { useNotifications } from "../../ui/useNotifications";
import { useRemovals } from "./useRemovals";
import { useStaying } from "./useStaying";

export interface ListView extends Pick<ListSnapshot, "state" | "more"> {
  /** What is seen, newest first: not always what the list holds now. */
  readonly entries: readonly Notification[];
  /** Those of them that were deleted here, and can be brought back. */
  readonly removedIds: ReadonlySet<number>;
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

/**
 * A list of notifications as a person reads it: true, but without moving under their eyes.
 *
 * @param limit how many are shown at most
 */
export function useListView(filter: InboxFilter, isHolding: boolean, limit = Infinity): ListView {
  const { notifications, state, more, unreadCount, ...inbox } = useNotifications(filter);
  const { shown, heldCount, reveal } = useHeldList(notifications, state === "ready", isHolding);
  const { removed, remove, undo } = useRemovals();
  const staying = useStaying(shown, filter.unreadOnly === true);
  const { entries, removedIds } = useMemo(
    () => entriesOf(shown, removed, staying, limit),
    [shown, removed, staying, limit],
  );
  const newest = entries.find(({ id }) => !removedIds.has(id));
  return {
    state,
    more,
    entries,
    removedIds,
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
  limit: number,
): Pick<ListView, "entries" | "removedIds"> {
  if (removed.length === 0 && staying.length === 0) {
    return { entries: shown.slice(0, limit), removedIds: new Set() };
  }
  const present = new Set(shown.map(({ id }) => id));
  const gone = removed.filter(({ id }) => !present.has(id));
  const removedIds = new Set(gone.map(({ id }) => id));
  const left = staying.filter(({ id }) => !present.has(id) && !removedIds.has(id));
  const entries = [...shown, ...gone, ...left].sort((one, other) => other.added_seq - one.added_seq);
  return { entries: entries.slice(0, limit), removedIds };
}
