import type { InboxFilter } from "./rest/inboxApi";
import type { Notification } from "./wire/notification";

/** How this page is connected. */
export type ConnectionStatus =
  /** The first socket is not there yet. */
  | "connecting"
  /** What happens is shown as it happens. */
  | "live"
  /** Between two sockets. */
  | "reconnecting"
  /** No socket is to be had, as where a network blocks them: the api is asked every minute, and answers. */
  | "polling"
  /** Neither a socket nor an answer is to be had; both are tried on. */
  | "unreachable"
  /** The browser says that it has no network. */
  | "offline"
  /** Nothing is tried any more until the user signs in. */
  | "signed_out"
  /** The api says no to the question whose inbox it is; asking again changes nothing by itself. */
  | "rejected"
  /** Nothing is tried any more in this page: too many are open, or this client is not understood. */
  | "stopped";

/** Never changed: a new one is made when something changes. */
export interface InboxSnapshot {
  /** The badge, own changes that are on their way counted; null until heard for the first time. */
  readonly unreadCount: number | null;
  readonly connectionStatus: ConnectionStatus;
  /** While not live: until when everything is here, in ms since 1970 by the server's clock; null if nothing was ever here. */
  readonly upToDateAt: number | null;
  /** While unreachable: when the api is asked again, in ms since 1970; null = it is being asked. */
  readonly nextTryAt: number | null;
  /** How many own changes wait to be sent. */
  readonly unsent: number;
  /** How many came while this page was cut off, once they are all here; null some seconds later. */
  readonly caughtUp: number | null;
}

/** Never changed: a new one is made when something changes. */
export interface ListSnapshot {
  readonly state: "loading" | "error" | "ready";
  /** Newest first, own changes that are on their way included. */
  readonly notifications: readonly Notification[];
  /** Whether there are older ones, and how the last try to load them went. */
  readonly more: "none" | "available" | "loading" | "error";
}

/** A list that stays true: the newest so many notifications that a filter lets through. */
export interface InboxList {
  /** @returns ends the subscription; the list's first page is asked for with its first subscriber */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ListSnapshot;
  /** Asks for the next page of older ones; does nothing while one is on its way or when there are none. */
  readonly loadMore: () => void;
  /** After `error`, in `state` or in `more`. */
  readonly retry: () => void;
}

/** Never changed: a new one is made when something changes. */
export interface ItemSnapshot {
  readonly state: "loading" | "error" | "missing" | "ready";
  /** Null unless ready. */
  readonly notification: Notification | null;
}

/** One notification that stays true, wherever it stands in the lists. */
export interface InboxItem {
  /** @returns ends the subscription; if no list has brought it yet, it is asked for with the first subscriber */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ItemSnapshot;
  /** After `error`. */
  readonly retry: () => void;
}

/** What the user did to an inbox. */
export type OwnChange =
  | { readonly kind: "read" | "unread" | "deleted"; readonly id: number }
  /** All that entered up to this one. */
  | { readonly kind: "all_read"; readonly upTo: number; readonly upToSeq: number };

export interface InboxEvents {
  /** One arrived this moment over the socket: not one that was missed while away. */
  fresh: Notification;
  /** An own change was refused and is undone; `reason` is a sentence for people. */
  refused: { readonly change: OwnChange; readonly reason: string };
  /** No token is to be had any more. */
  signInRequired: null;
}

/** How far a client's copy of the inbox is; `applied` and `shown` are the client's rule's. */
export interface InboxCondition {
  readonly applied: number;
  readonly shown: number;
  /** Own changes that the copy does not contain yet. */
  readonly unsent: number;
}

/** One user's inbox as a page sees it. Its functions need no `this`. */
export interface Inbox {
  /** @returns ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => InboxSnapshot;
  /** The same object for filters that let the same through. */
  readonly list: (filter: InboxFilter) => InboxList;
  /** The same object for the same id. */
  readonly item: (id: number) => InboxItem;
  readonly markAsRead: (id: number) => void;
  readonly markAsUnread: (id: number) => void;
  /**
   * What arrives while the call is on its way stays unread.
   *
   * @param upTo the newest that the user sees; absent = the newest that is here
   */
  readonly markAllAsRead: (upTo?: number) => void;
  /** Hides it at once, and deletes it some seconds later. */
  readonly remove: (id: number) => void;
  /** Brings back what was removed and is not deleted yet. */
  readonly undoRemove: (id: number) => void;
  /** @returns ends the subscription */
  readonly on: <E extends keyof InboxEvents>(event: E, listener: (news: InboxEvents[E]) => void) => () => void;
  /** Asks and dials now instead of at the next try. */
  readonly tryNow: () => void;
  /** Whether this tab has the socket, for all tabs of the user. */
  readonly isLeading: () => boolean;
  /** The user signed out: ends everything in all tabs, and nothing of theirs stays behind. */
  readonly forget: () => void;
}
