import { useEffect, useRef, useId } from "react";
import { useInboxClient, useMe, useTexts } from "../ui/NotificationContext";
import { useLinks, type Routing } from "../ui/useLinks";
import { useNotification } from "../ui/useNotifications";
import { useRemovals } from "./list/useRemovals";
import { MessageText } from "../ui/MessageText";
import { Failure, Skeleton, UndoLine } from "./list/listParts";
import { nameOf } from "../lib/words";
import { safeUrl } from "../lib/links";
import type { Notification } from "../client/wire/notification";
import { RelativeTime } from "../ui/RelativeTime";
import { OriginMark, OriginText } from "../ui/Origin";

interface NotificationDetailProps {
  /** Another one is another component: give it a `key`. */
  readonly id: number;
  readonly routing: Routing;
}

/** One notification in full. Being shown, it is read. */
export function NotificationDetail({ id, routing }: NotificationDetailProps) {
  const texts = useTexts().inbox;
  const client = useInboxClient();
  const { state, notification, retry } = useNotification(id);
  const { removed, remove, undo } = useRemovals();
  const links = useLinks(routing);
  const place = useRef<HTMLDivElement>(null);
  const isSettled = state === "ready" || state === "missing";
  const isRemoved = removed[0] !== undefined;

  const isOpened = useRef(false);
  useEffect(() => {
    if (notification && !isOpened.current) {
      isOpened.current = true;
      if (!notification.is_read) {
        client.markAsRead(id);
      }
    }
  }, [client, id, notification]);

  // A reader who followed a link to it is led to it, and stays there when what had the focus is replaced.
  useEffect(() => {
    if (isSettled) {
      place.current?.focus();
    }
  }, [isSettled, isRemoved]);

  return (
    <div className="belfry-detail" tabIndex={-1} ref={place}>
      {state === "loading" && <Skeleton />}
      {state === "error" && <Failure text={texts.oneError} isBusy={false} onRetry={retry} />}
      {removed[0] && <UndoLine notification={removed[0]} onUndo={() => removed.forEach(undo)} />}
      {state === "missing" && !isRemoved && <p className="belfry-list__empty">{texts.oneMissing}</p>}
      {notification && (
        <NotificationText
          notification={notification}
          routing={routing}
          onToggleRead={() => (notification.is_read ? client.markAsUnread(id) : client.markAsRead(id))}
          onRemove={() => remove(notification)}
        />
      )}
      <a className="belfry-detail__back belfry-focusable" {...links.to(routing.historyHref)}>
        {texts.backToAll}
      </a>
    </div>
  );
}

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
  const { is_read: isRead } = notification;
  const isReported = useMe()?.read_report === "names" && notification.course !== null;
  const isLeading = routing.hrefFor !== undefined || safeUrl(notification.data, routing.linkHosts) !== null;
  return (
    <article className="belfry-detail__text" aria-labelledby={titleId}>
      <h2 className="belfry-detail__title" id={titleId} dir="auto">
        {nameOf(notification, texts.types)}
      </h2>
      <p className="belfry-item__facts">
        <OriginMark notification={notification} />
        <OriginText notification={notification} />
        <RelativeTime at={notification.created_at} />
      </p>
      <p className="belfry-detail__message" dir="auto">
        <MessageText text={notification.message} linkHosts={routing.linkHosts} />
      </p>
      {isReported && <p className="belfry-detail__note">{texts.inbox.reported}</p>}
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
