import type { Change } from "../replica/change";
import { keyOf } from "./filter";
import type { InboxApi, InboxFilter, ListAnswer } from "../rest/inboxApi";
import { LiveItem } from "./liveItem";
import { LiveList, type ListGround } from "./liveList";
import type { Notification, Numbers } from "../wire/notification";
import { withOwn, type Pending } from "../outbox/ownChanges";
import type { ReplicaKeeper } from "../replica/replicaKeeper";

/** Everything that is shown of one replica: lists by filter and single notifications, own changes included. */
export class InboxViews {
  private readonly lists = new Map<string, LiveList>();
  private readonly items = new Map<number, LiveItem>();
  private readonly ground: ListGround;
  private readonly whole: LiveList;

  constructor(
    private readonly api: InboxApi,
    private readonly keeper: ReplicaKeeper,
    private readonly pending: () => readonly Pending[],
    private readonly failure: (error: unknown) => void,
  ) {
    this.ground = {
      api,
      view: (floor) => {
        const own = pending();
        return keeper.replica.items.from(floor).flatMap((item) => withOwn(item, own) ?? []);
      },
      take: (answer) => this.take(answer.notifications, answer),
      get isLoaded() {
        return keeper.replica.isLoaded;
      },
      begin: () => {
        keeper.take({ type: "returned" });
      },
      failed: failure,
    };
    this.whole = new LiveList({}, this.ground, true);
    this.lists.set(keyOf({}), this.whole);
  }

  /** The same object for filters that let the same through. */
  list(filter: InboxFilter): LiveList {
    const key = keyOf(filter);
    const list = this.lists.get(key) ?? new LiveList(filter, this.ground, false);
    this.lists.set(key, list);
    return list;
  }

  /** The same object for the same id. */
  item(id: number): LiveItem {
    const item = this.items.get(id) ?? this.makeItem(id);
    this.items.set(id, item);
    return item;
  }

  /** The whole list's first page was taken: everything begins anew on it. */
  begun(answer: ListAnswer): void {
    this.whole.begun(answer);
    this.restartFiltered();
  }

  /** The whole list's first page could not be had. */
  failed(): void {
    this.lists.forEach((list) => {
      list.failed();
    });
  }

  /** A frame brought this. */
  applied(change: Change): void {
    // One that no list has brought yet is unread again: it belongs into lists that cannot know it.
    if (change.kind === "unread" && change.ids.some((id) => !this.keeper.replica.items.get(id))) {
      this.restartFiltered();
    }
  }

  refresh(): void {
    this.lists.forEach((list) => {
      list.refresh();
    });
    this.items.forEach((item) => {
      item.refresh();
    });
  }

  stop(): void {
    this.lists.forEach((list) => {
      list.stop();
    });
  }

  private makeItem(id: number): LiveItem {
    return new LiveItem(id, {
      api: this.api,
      find: (wanted) => {
        const item = this.keeper.replica.items.get(wanted);
        return item ? withOwn(item, this.pending()) : null;
      },
      take: (notification, numbers) => {
        this.take([notification], numbers);
      },
      failed: this.failure,
    });
  }

  private take(rows: readonly Notification[], numbers: Numbers): boolean {
    const { items } = this.keeper.replica;
    this.keeper.take({ type: "page", rows, numbers });
    return this.keeper.replica.items !== items;
  }

  private restartFiltered(): void {
    this.lists.forEach((list) => {
      if (list !== this.whole) {
        list.begin();
      }
    });
  }
}
