import type { InboxFilter } from "../rest/inboxApi";
import type { Notification } from "../wire/notification";

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
