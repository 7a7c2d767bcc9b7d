import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useLinks, type Routing } from "../ui/useLinks";
import { nameOf, typeName } from "../lib/typeName";
import { safeUrl } from "../lib/links";
import type { Notification } from "../client/wire/notification";
import { RelativeTime } from "../ui/RelativeTime";
import { TypeIcon } from "../ui/TypeIcon";

interface NotificationTextProps {
  readonly notification: Notification;
  readonly routing: Routing;
  readonly onToggleRead: () => void;
  readonly onRemove: () => void;
}

/** All that one notification says, with where it leads. */
export function NotificationText({ notification, routing, onToggleRead, onRemove }: NotificationTextProps) {
  const texts = useTexts();
  const links = useLinks(routing);
  const titleId = useId();
  const { is_read: isRead, sender_name: sender, notification_type: type } = notification;
  const isLeading = routing.hrefFor !== undefined || safeUrl(notification.data, routing.linkHosts) !== null;
  return (
    <article className="belfry-detail__text" aria-labelledby={titleId}>
      <h2 className="belfry-detail__title" id={titleId} dir="auto">
        {nameOf(notification, texts.types)}
      </h2>
      <p className="belfry-item__facts">
        <TypeIcon type={type} />
        <span dir="auto">{typeName(texts.types, type)}</span>
        {sender && <span dir="auto">{sender}</span>}
        <RelativeTime at={notification.created_at} />
      </p>
      <p className="belfry-detail__message" dir="auto">
        {notification.message}
      </p>
      <div className="belfry-detail__actions">
        {isLeading && (
          <a className="belfry-button belfry-button--primary" {...links.toTarget(notification)}>
            {texts.inbox.open}
          </a>
        )}
        <button type="button" className="belfry-button" onClick={onToggleRead}>
          {isRead ? texts.inbox.markUnread : texts.inbox.markRead}
        </button>
        <button type="button" className="belfry-button" onClick={onRemove}>
          {texts.inbox.remove}
        </button>
      </div>
    </article>
  );
}
