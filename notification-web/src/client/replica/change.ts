import type { InboxFrame } from "../wire/frames";
import type { Notification } from "../wire/notification";

/** What can happen to an inbox, as a copy of it applies it. Applying one twice changes nothing more. */
export type Change =
  | { readonly kind: "added"; readonly notification: Notification }
  | { readonly kind: "read" | "unread" | "deleted"; readonly ids: readonly number[] }
  | { readonly kind: "all_read"; readonly upToSeq: number }
  /** The present state of some, whatever happened to them. */
  | { readonly kind: "present"; readonly notifications: readonly Notification[]; readonly deleted: readonly number[] };

/** @returns null for a change that this client does not know: it is a hole, which the api's answer fills */
export function changeOf(frame: InboxFrame): Change | null {
  if (frame.type === "notification") {
    return { kind: "added", notification: { ...frame.notification, is_read: false, added_seq: frame.seq } };
  }
  switch (frame.change) {
    case "read":
    case "unread":
    case "deleted":
      return frame.ids ? { kind: frame.change, ids: frame.ids } : null;
    case "all_read":
      return frame.up_to_seq === undefined ? null : { kind: "all_read", upToSeq: frame.up_to_seq };
    default:
      return null;
  }
}

/** Changes `items`, which may be any part of an inbox, as `change` says. */
export function applyTo(items: Map<number, Notification>, change: Change): void {
  switch (change.kind) {
    case "added":
      items.set(change.notification.id, change.notification);
      return;
    case "read":
    case "unread":
      change.ids.forEach((id) => setRead(items, id, change.kind === "read"));
      return;
    case "deleted":
      change.ids.forEach((id) => items.delete(id));
      return;
    case "all_read":
      for (const item of items.values()) {
        if (item.added_seq <= change.upToSeq) {
          setRead(items, item.id, true);
        }
      }
      return;
    case "present":
      change.notifications.forEach((notification) => items.set(notification.id, notification));
      change.deleted.forEach((id) => items.delete(id));
  }
}

function setRead(items: Map<number, Notification>, id: number, read: boolean): void {
  const item = items.get(id);
  if (item && item.is_read !== read) {
    items.set(id, { ...item, is_read: read });
  }
}
