import { useMemo, type MouseEvent } from "react";
import { useInboxClient } from "./NotificationContext";
import { hrefInHistory, isPath, isPlainClick, safeUrl } from "../lib/links";
import type { Inbox } from "../client/inboxState";
import type { Notification } from "../client/wire/notification";

/** How the platform goes from one page to another. */
export interface Routing {
  /** The history's address; followed by `/5` it shows notification 5. */
  readonly historyHref: string;
  /**
   * Where a notification leads. By default `data.url` if it is safe, else its place in the history. The answer is
   * followed as it is: texts from `data` go through `safeUrl` first.
   */
  readonly hrefFor?: ((notification: Notification) => string) | undefined;
  /** Goes where a notification leads, if that is a path; by default as any link does. */
  readonly onOpen?: ((notification: Notification, href: string) => void) | undefined;
  /** Goes to any path, without loading a new page; by default the browser does. */
  readonly navigate?: ((href: string) => void) | undefined;
  /** The only hosts that a notification's https link, and addresses in its message, may lead to; absent = any. */
  readonly linkHosts?: readonly string[] | undefined;
}

export interface LinkProps {
  readonly href: string;
  readonly rel: string | undefined;
  readonly onClick: (event: MouseEvent) => void;
  readonly onAuxClick?: (event: MouseEvent) => void;
}

export interface Links {
  /** To a page of the platform. */
  readonly to: (href: string) => LinkProps;
  /** To where a notification leads; opening it marks it read. */
  readonly toTarget: (notification: Notification) => LinkProps;
  /** To its place in the history. */
  readonly toHistory: (notification: Notification) => LinkProps;
}

/**
 * The same as long as it leads to the same.
 *
 * @param onLeave something was opened in this tab, so that whatever lies over it should go
 */
export function useLinks(routing: Routing, onLeave?: () => void): Links {
  const client = useInboxClient();
  const { historyHref, hrefFor, onOpen, navigate, linkHosts } = routing;
  return useMemo(
    () => linksOf(client, { historyHref, hrefFor, onOpen, navigate, linkHosts }, onLeave),
    [client, historyHref, hrefFor, onOpen, navigate, linkHosts, onLeave],
  );
}

function linksOf(client: Inbox, routing: Routing, onLeave: (() => void) | undefined): Links {
  const { historyHref, hrefFor, onOpen, navigate, linkHosts } = routing;

  const link = (href: string, go: ((href: string) => void) | undefined): LinkProps => ({
    href,
    rel: isPath(href) ? undefined : "noopener noreferrer",
    onClick: (event) => {
      if (isPlainClick(event)) {
        if (go && isPath(href)) {
          event.preventDefault();
          go(href);
        }
        onLeave?.();
      }
    },
  });

  const opening = (notification: Notification, href: string): LinkProps => {
    const props = link(href, onOpen ? (path) => onOpen(notification, path) : navigate);
    const read = () => {
      if (!notification.is_read) {
        client.markAsRead(notification.id);
      }
    };
    return {
      ...props,
      onClick: (event) => {
        read();
        props.onClick(event);
      },
      // The middle button opens it in another tab.
      onAuxClick: (event) => {
        if (event.button === 1) {
          read();
        }
      },
    };
  };

  return {
    to: (href) => link(href, navigate),
    toTarget: (notification) =>
      opening(
        notification,
        hrefFor?.(notification) ?? safeUrl(notification.data, linkHosts) ?? hrefInHistory(historyHref, notification.id),
      ),
    toHistory: (notification) => opening(notification, hrefInHistory(historyHref, notification.id)),
  };
}
