import { useId, type ReactNode } from "react";
import { useMe, useTexts } from "./NotificationContext";
import { useLinks, type Routing } from "./useLinks";
import { MessageText } from "./MessageText";
import { nameOf } from "../lib/words";
import { safeLabel, safeUrl } from "../lib/links";
import type { Notification } from "../client/wire/notification";
import { RelativeTime } from "./RelativeTime";
import { OriginMark, OriginText } from "./Origin";

interface NotificationTextProps {
  readonly notification: Notification;
  readonly routing: Routing;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}

/** All that one notification says, with where it leads. */
export function NotificationText({ notification, routing, children }: NotificationTextProps) {
  const texts = useTexts();
  const links = useLinks(routing);
  const titleId = useId();
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
          <a className="belfry-button belfry-button--primary" dir="auto" {...links.toTarget(notification)}>
            {safeLabel(notification.data) ?? texts.inbox.open}
          </a>
        )}
        {children}
      </div>
    </article>
  );
}
