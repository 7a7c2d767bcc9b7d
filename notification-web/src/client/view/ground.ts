import { pendingOf, type Outbox } from "../outbox/outbox";
import { withOwn } from "../outbox/ownChanges";
import type { Replica, ReplicaEvent } from "../replica/replica";
import type { InboxApi, InboxFilter } from "../rest/inboxApi";
import type { Notification, Numbers } from "../wire/notification";

/** What lists and single notifications stand on. */
export interface Ground {
  readonly api: InboxApi;
  /** As they are now: own changes lie over the replica. */
  model(): { readonly replica: Replica; readonly outbox: Outbox };
  take(event: ReplicaEvent): void;
  failed(error: unknown): void;
}

/** Newest first, own changes included: those that entered at `floor` or later. */
export function viewFrom(ground: Ground, floor: number): readonly Notification[] {
  const { replica, outbox } = ground.model();
  const pending = pendingOf(outbox);
  const items = replica.items.from(floor);
  return pending.length === 0 ? items : items.flatMap((item) => withOwn(item, pending) ?? []);
}

/** As its reader wants it, own changes included; null if it is not known or deleted. */
export function viewOf(ground: Ground, id: number): Notification | null {
  const { replica, outbox } = ground.model();
  const item = replica.items.get(id);
  return item ? withOwn(item, pendingOf(outbox)) : null;
}

/** @returns false if the rows are too old to be of use: ask again */
export function takeRows(ground: Ground, rows: readonly Notification[], numbers: Numbers): boolean {
  const { items } = ground.model().replica;
  ground.take({ type: "page", rows, numbers });
  return ground.model().replica.items !== items;
}

export function matches(filter: InboxFilter, notification: Notification): boolean {
  return (
    !(filter.unreadOnly && notification.is_read) &&
    (filter.type === undefined || filter.type === notification.notification_type) &&
    (filter.course === undefined || filter.course === notification.course)
  );
}

/** The same for filters that let the same through. */
export function keyOf(filter: InboxFilter): string {
  return `${filter.unreadOnly ? "unread" : "all"}:${filter.type ?? ""}:${filter.course ?? ""}`;
}
