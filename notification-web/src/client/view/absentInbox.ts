import type { Inbox, InboxItem, InboxList, InboxSnapshot, ItemSnapshot, ListSnapshot } from "../inboxState";

const snapshot: InboxSnapshot = {
  unreadCount: null,
  connectionStatus: "connecting",
  upToDateAt: null,
  caughtUp: null,
};
const listSnapshot: ListSnapshot = { state: "loading", notifications: [], more: "none" };
const itemSnapshot: ItemSnapshot = { state: "loading", notification: null };
const nothing = () => {};
const subscribe = () => nothing;
const list: InboxList = { subscribe, snapshot: () => listSnapshot, loadMore: nothing, retry: nothing };
const item: InboxItem = { subscribe, snapshot: () => itemSnapshot, retry: nothing };

/** Stands in while it is not known yet whose inbox it is: everything is on its way, nothing can be done. */
export const absentInbox: Inbox = {
  subscribe,
  snapshot: () => snapshot,
  list: () => list,
  item: () => item,
  markAsRead: nothing,
  markAsUnread: nothing,
  markAllAsRead: nothing,
  remove: nothing,
  undoRemove: nothing,
  on: subscribe,
  forget: nothing,
};
