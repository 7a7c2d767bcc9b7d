import type { Change } from "../replica/change";
import type { InboxFilter, ListAnswer } from "../rest/inboxApi";
import { keyOf, type Ground } from "./ground";
import { LiveItem } from "./liveItem";
import { LiveList } from "./liveList";

/** Everything that is shown of one replica: lists by filter and single notifications, own changes included. */
export class InboxViews {
  private readonly lists = new Map<string, LiveList>();
  private readonly items = new Map<number, LiveItem>();
  private readonly whole: LiveList;
  /** What they were derived from last. */
  private shown: readonly unknown[] = [];

  constructor(private readonly ground: Ground) {
    this.whole = new LiveList({}, ground, true);
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
    const item = this.items.get(id) ?? new LiveItem(id, this.ground);
    if (!this.items.has(id)) {
      this.items.set(id, item);
      item.refresh();
    }
    return item;
  }

  /** The whole list's first page was taken: everything begins anew on it. */
  begun(answer: ListAnswer): void {
    this.whole.begun(answer);
    this.restartFiltered();
  }

  /** The whole list's first page could not be had. */
  failed(): void {
    this.lists.forEach((list) => list.failed());
  }

  /** A frame brought this. */
  applied(change: Change): void {
    // One that no list has brought yet is unread again: it belongs into lists that cannot know it.
    if (change.kind === "unread" && change.ids.some((id) => !this.ground.model().replica.items.get(id))) {
      this.restartFiltered();
    }
  }

  /** Something happened. What a list has to find out about itself it does when that changes. */
  refresh(): void {
    const { replica, outbox } = this.ground.model();
    if (replica.items === this.shown[0] && outbox === this.shown[1]) {
      return;
    }
    this.shown = [replica.items, outbox];
    [...this.lists.values(), ...this.items.values()].forEach((view) => view.refresh());
  }

  stop(): void {
    this.lists.forEach((list) => list.stop());
  }

  private restartFiltered(): void {
    this.lists.forEach((list) => {
      if (list !== this.whole) {
        list.begin();
      }
    });
  }
}
