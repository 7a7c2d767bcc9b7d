const count = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const news = (n: number) => count(n, "new notification", "new notifications");

/** What a student reads. */
export const inboxTexts = {
  /** Of these texts, so that times speak the same. */
  language: "en",

  heading: "Notifications",
  bell: (unread: number) => (unread === 0 ? "Notifications" : `Notifications, ${unread.toLocaleString("en")} unread`),
  close: "Close",
  all: "All",
  unread: "Unread",
  seeAll: "See all notifications",
  toasts: "New notifications",
  backToAll: "Back to all notifications",

  markRead: "Mark as read",
  markUnread: "Mark as unread",
  markAllRead: "Mark all as read",
  remove: "Delete",
  removed: "Deleted:",
  undo: "Undo",
  open: "Open",
  /** What a button does, and to which notification. */
  action: (what: string, title: string) => `${what}: ${title}`,
  unreadPrefix: "Unread:",
  justNow: "just now",

  loading: "Loading…",
  more: "Show earlier ones",
  moreError: "Earlier ones cannot be shown at the moment.",
  thatsAll: "That’s all.",
  showNew: (n: number) => `${n.toLocaleString("en")} new`,
  showNewName: (n: number) => `Show ${news(n)}`,

  empty: "Nothing yet. What your courses tell you will be here.",
  emptyUnread: "You have read everything.",
  emptyType: (type: string) => `Nothing of the type “${type}” yet.`,
  emptyUnreadType: (type: string) => `Nothing unread of the type “${type}”.`,
  error: "Your notifications cannot be shown at the moment.",
  oneError: "This notification cannot be shown at the moment.",
  oneMissing: "This notification is not there. It may have been deleted.",
  retry: "Try again",
  retrying: "Trying again…",

  filter: "Filter",
  type: "Type",
  allTypes: "All types",
  onlyUnread: "Only unread",

  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  offline: "Offline",
  signedOut: "You are signed out. Reload the page to sign in again.",
  stopped: "No longer live. Reload the page to see what is new.",
  reload: "Reload",
  upToDate: (time: string) => `up to date as of ${time}`,
  caughtUp: (n: number) => (n === 0 ? "caught up, nothing new" : `caught up, ${n.toLocaleString("en")} new`),
  arrived: news,

  refused: {
    read: "Marking as read was undone",
    unread: "Marking as unread was undone",
    all_read: "Marking all as read was undone",
    deleted: "Deleting was undone",
  },
};
