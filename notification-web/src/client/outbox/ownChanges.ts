import type { OwnChange } from "../inboxState";
import type { InboxItems } from "../replica/items";
import type { Notification } from "../wire/notification";

/** An own change that is shown although the inbox's own state does not have it yet. */
export interface Pending {
  readonly id: string;
  readonly change: OwnChange;
  /** The number of the answer to it: from then on the numbers contain it. Null = not answered. */
  readonly answeredSeq: number | null;
}

/** By the one of the other state: asked for again it is the same object, so that what shows it need not be drawn again. */
const turned = new WeakMap<Notification, Notification>();

/** @returns the notification as its reader wants it, or null if they deleted it */
export function withOwn(item: Notification, pending: readonly Pending[]): Notification | null {
  let isRead = item.is_read;
  for (const { change } of pending) {
    if (change.kind === "all_read") {
      isRead ||= item.added_seq <= change.upToSeq;
    } else if (change.id === item.id) {
      if (change.kind === "deleted") {
        return null;
      }
      isRead = change.kind === "read";
    }
  }
  return isRead === item.is_read ? item : turn(item);
}

function turn(item: Notification): Notification {
  const other = turned.get(item) ?? { ...item, is_read: !item.is_read };
  turned.set(item, other);
  return other;
}

/**
 * The badge: what the inbox's numbers say, and what its reader did that they do not contain yet.
 *
 * @param unread by the numbers, which contain all that is answered; null = nothing heard yet
 */
export function badge(unread: number | null, items: InboxItems, pending: readonly Pending[]): number | null {
  const answered = pending.filter((entry) => entry.answeredSeq !== null);
  if (unread === null || answered.length === pending.length) {
    return unread;
  }
  const isUnread = (item: Notification, own: readonly Pending[]) => withOwn(item, own)?.is_read === false;
  // All that was unread among older ones, which may not be here, is read by it.
  if (pending.some(({ change, answeredSeq }) => change.kind === "all_read" && answeredSeq === null)) {
    return items.from(0).filter((item) => isUnread(item, pending)).length;
  }
  const ids = new Set(pending.flatMap(({ change }) => (change.kind === "all_read" ? [] : change.id)));
  const named = [...ids].flatMap((id) => items.get(id) ?? []);
  const count = (own: readonly Pending[]) => named.filter((item) => isUnread(item, own)).length;
  return Math.max(0, unread + count(pending) - count(answered));
}
