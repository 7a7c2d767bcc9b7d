import { useTexts } from "../../ui/NotificationContext";
import type { LinkProps } from "../../ui/useLinks";
import { excerpt, nameOf, typeName } from "../../lib/words";
import type { Notification } from "../../client/wire/notification";
import { IconButton } from "../../ui/Icon";
import { RelativeTime } from "../../ui/RelativeTime";
import { TypeIcon } from "../../ui/TypeIcon";

export interface NotificationItemProps {
  readonly notification: Notification;
  /** Of `useLinks`. */
  readonly link: LinkProps;
  readonly onToggleRead: () => void;
  readonly onRemove: () => void;
}

const EXCERPT = 240;

/** One notification in a list. */
export function NotificationItem({ notification, link, onToggleRead, onRemove }: NotificationItemProps) {
  const texts = useTexts();
  const { is_read: isRead, sender_name: sender, notification_type: type } = notification;
  const title = nameOf(notification, texts.types);
  const toggle = isRead ? texts.inbox.markUnread : texts.inbox.markRead;
  return (
    <div className={`belfry-item belfry-item--${isRead ? "read" : "unread"}`}>
      <TypeIcon type={type} />
      <div className="belfry-item__body">
        <a className="belfry-item__link belfry-focusable" {...link}>
          {!isRead && (
            <>
              <span className="belfry-visually-hidden">{texts.inbox.unreadPrefix}</span>{" "}
            </>
          )}
          <span dir="auto">{title}</span>
        </a>
        <p className="belfry-item__message" dir="auto">
          {excerpt(notification.message, EXCERPT)}
        </p>
        <p className="belfry-item__facts">
          <span dir="auto">{typeName(texts.types, type)}</span>
          {sender && <span dir="auto">{sender}</span>}
          <RelativeTime at={notification.created_at} />
        </p>
      </div>
      <div className="belfry-item__actions">
        <IconButton
          icon={isRead ? "envelope" : "check"}
          label={texts.inbox.action(toggle, title)}
          onClick={onToggleRead}
        />
        <IconButton icon="trash" label={texts.inbox.action(texts.inbox.remove, title)} onClick={onRemove} />
      </div>
    </div>
  );
}
