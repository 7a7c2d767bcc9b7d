import type { Inbox, InboxItem, InboxList, InboxSnapshot, ItemSnapshot, ListSnapshot } from "../inboxState";
import { Signal } from "../signal";

const nothing = () => {};

/** Stands in while it is not known whose inbox it is: it says how that is going, and nothing can be done but to try again. */
export class AbsentInbox implements Inbox {
  private readonly changed = new Signal<undefined>();
  private current: InboxSnapshot = {
    unreadCount: null,
    connectionStatus: "connecting",
    upToDateAt: null,
    nextTryAt: null,
    caughtUp: null,
    unsent: 0,
  };
  private listSnapshot: ListSnapshot = { state: "loading", notifications: [], more: "none" };
  private itemSnapshot: ItemSnapshot = { state: "loading", notification: null };

  /** @param forget the user signs out all the same */
  constructor(
    readonly tryNow: () => void = nothing,
    readonly forget: () => void = nothing,
  ) {}

  become(state: Pick<InboxSnapshot, "connectionStatus" | "nextTryAt">): void {
    const inLists = state.connectionStatus === "connecting" ? "loading" : "error";
    this.current = { ...this.current, ...state };
    this.listSnapshot = { ...this.listSnapshot, state: inLists };
    this.itemSnapshot = { ...this.itemSnapshot, state: inLists };
    this.changed.emit(undefined);
  }

  readonly subscribe = (listener: () => void): (() => void) => this.changed.on(listener);
  readonly snapshot = (): InboxSnapshot => this.current;
  readonly list = (): InboxList => this.anyList;
  readonly item = (): InboxItem => this.anyItem;
  readonly markAsRead = nothing;
  readonly markAsUnread = nothing;
  readonly markAllAsRead = nothing;
  readonly remove = nothing;
  readonly undoRemove = nothing;
  readonly on = () => nothing;
  readonly isLeading = () => false;

  private readonly anyList: InboxList = {
    subscribe: this.subscribe,
    retry: () => this.tryNow(),
    snapshot: () => this.listSnapshot,
    loadMore: nothing,
  };
  private readonly anyItem: InboxItem = {
    subscribe: this.subscribe,
    retry: () => this.tryNow(),
    snapshot: () => this.itemSnapshot,
  };
}
