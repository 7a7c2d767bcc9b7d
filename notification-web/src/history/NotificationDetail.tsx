import { useEffect, useRef } from "react";
import { useInboxClient, useTexts } from "../ui/NotificationContext";
import { NotificationText } from "../ui/NotificationText";
import { useLinks, type Routing } from "../ui/useLinks";
import { useNotification } from "../ui/useNotifications";
import { useRemovals } from "./list/useRemovals";
import { Failure, Skeleton, UndoLine } from "./list/listParts";

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
        <NotificationText notification={notification} routing={routing}>
          <button
            type="button"
            className="belfry-button"
            onClick={() => (notification.is_read ? client.markAsUnread(id) : client.markAsRead(id))}
          >
            {notification.is_read ? texts.markUnread : texts.markRead}
          </button>
          <button type="button" className="belfry-button" onClick={() => remove(notification)}>
            {texts.remove}
          </button>
        </NotificationText>
      )}
      <a className="belfry-detail__back belfry-focusable" {...links.to(routing.historyHref)}>
        {texts.backToAll}
      </a>
    </div>
  );
}
