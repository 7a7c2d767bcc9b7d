import { withOwn, type Pending } from "../outbox/ownChanges";
import type { Replica, ReplicaEvent } from "../replica/replica";
import type { InboxApi, InboxFilter } from "../rest/inboxApi";
import type { Notification, Numbers } from "../wire/notification";

/** What lists and single notifications stand on. */
export interface Ground {
  readonly api: InboxApi;
  /** As it is now. */
  readonly replica: Replica;
  /** Own changes that lie over it now. */
  readonly pending: readonly Pending[];
  take(event: ReplicaEvent): void;
  failed(error: unknown): void;
}

/** Newest first, own changes included: those that entered at `floor` or later. */
export function viewFrom({ replica, pending }: Ground, floor: number): Notification[] {
  return replica.items.from(floor).flatMap((item) => withOwn(item, pending) ?? []);
}

/** As its reader wants it, own changes included; null if it is not known or deleted. */
export function viewOf({ replica, pending }: Ground, id: number): Notification | null {
  const item = replica.items.get(id);
  return item ? withOwn(item, pending) : null;
}

/** @returns false if the rows are too old to be of use: ask again */
export function takeRows(ground: Ground, rows: readonly Notification[], numbers: Numbers): boolean {
  const { items } = ground.replica;
  ground.take({ type: "page", rows, numbers });
  return ground.replica.items !== items;
}

export function matches(filter: InboxFilter, notification: Notification): boolean {
  return (
    !(filter.unreadOnly && notification.is_read) &&
    (filter.type === undefined || filter.type === notification.notification_type)
  );
}

/** The same for filters that let the same through. */
export function keyOf(filter: InboxFilter): string {
  return `${filter.unreadOnly ? "unread" : "all"}:${filter.type ?? ""}`;
}
