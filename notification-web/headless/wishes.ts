import type { Notification } from "../src/client";

type Wish = "read" | "unread" | "deleted";

/** What the reader last did to each notification, which nobody else changes. */
export class Wishes {
  private readonly byId = new Map<number, Wish>();

  want(wish: Wish, ids: readonly number[]): void {
    ids.forEach((id) => this.byId.set(id, wish));
  }

  /** All that was read may have become so by somebody else's wish, and what was unread may not be so any more. */
  yieldUnread(): void {
    this.byId.forEach((wish, id) => {
      if (wish === "unread") {
        this.byId.delete(id);
      }
    });
  }

  /** @returns in words, what of this list is not as wished */
  broken(list: readonly Notification[]): string[] {
    return list.flatMap(({ id, is_read }) => {
      const wish = this.byId.get(id);
      const isKept = wish === undefined || (wish !== "deleted" && (wish === "read") === is_read);
      return isKept ? [] : [`${id} was made ${wish}, and is shown ${is_read ? "read" : "unread"}`];
    });
  }
}
