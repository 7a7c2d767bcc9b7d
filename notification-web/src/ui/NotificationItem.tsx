import type { ReactNode } from "react";
import { useTexts } from "./NotificationContext";
import type { LinkProps } from "./useLinks";
import { excerpt, nameOf } from "../lib/words";
import { buttonIn } from "../lib/links";
import type { Notification } from "../client/wire/notification";
import { IconButton } from "./Icon";
import { RelativeTime } from "./RelativeTime";
import { OriginMark, OriginText } from "./Origin";

export interface NotificationItemProps {
  readonly notification: Notification;
  /** Of `useLinks`. */
  readonly link: LinkProps;
  /** The name of its day stands above it. */
  readonly isUnderDay?: boolean;
  /** Whether the Tab key leads to its link, and to nothing else of it; absent = to all of it. */
  readonly isTabStop?: boolean;
  readonly onToggleRead: () => void;
  readonly onRemove: () => void;
}

/** For the platform's own looks. */
export interface ItemSlot {
  /** In place of a `NotificationItem` with these properties. The keys of lists lead to its links and buttons. */
  readonly renderItem?: ((item: NotificationItemProps) => ReactNode) | undefined;
}

const EXCERPT = 240;

/** One notification in a list. */
export function NotificationItem(props: NotificationItemProps) {
  const { notification, link, isUnderDay = false, isTabStop, onToggleRead, onRemove } = props;
  const texts = useTexts();
  const tabIndex = isTabStop === undefined ? undefined : -1;
  const linkTabIndex = isTabStop ? 0 : tabIndex;
  const { is_read: isRead } = notification;
  const title = nameOf(notification, texts.types);
  const label = buttonIn(notification.data, link.href);
  const toggle = isRead ? texts.inbox.markUnread : texts.inbox.markRead;
  return (
    <div className={`belfry-item belfry-item--${isRead ? "read" : "unread"}`} part={isRead ? "item" : "item unread"}>
      <OriginMark notification={notification} />
      <div className="belfry-item__body">
        <p className="belfry-item__facts">
          <OriginText notification={notification} />
          <RelativeTime at={notification.created_at} isUnderDay={isUnderDay} />
        </p>
        <a className="belfry-item__link belfry-focusable" tabIndex={linkTabIndex} {...link}>
          {!isRead && (
            <>
              <span className="belfry-visually-hidden">{texts.inbox.unreadPrefix}</span>{" "}
            </>
          )}
          <span dir="auto">{title}</span>
          {label && (
            <>
              {" "}
              <bdi className="belfry-label">{label}</bdi>
            </>
          )}
        </a>
        <p className="belfry-item__message" dir="auto">
          {excerpt(notification.message, EXCERPT)}
        </p>
      </div>
      <div className="belfry-item__actions">
        <IconButton
          icon={isRead ? "envelope" : "check"}
          label={texts.inbox.action({ action: toggle, title })}
          tabIndex={tabIndex}
          onClick={onToggleRead}
        />
        <IconButton
          icon="trash"
          label={texts.inbox.action({ action: texts.inbox.remove, title })}
          tabIndex={tabIndex}
          onClick={onRemove}
        />
      </div>
    </div>
  );
}
