import { useEffect } from "react";
import type { Inbox } from "../../client/inboxState";
import type { Notification } from "../../client/wire/notification";
import { hrefInHistory } from "../../lib/links";
import { excerpt, nameOf, originOf } from "../../lib/words";
import { useInboxClient, useMe, useTexts } from "../../ui/NotificationContext";
import type { Routing } from "../../ui/useLinks";
import { useStableCallback } from "../../ui/useStableCallback";
import { StormGuard } from "../toasts/stormGuard";
import { Sight } from "./sight";
import { useDesktop } from "./useDesktop";

/** Lets the computer show what arrives while no page of the user is seen, if they switched it on. One per page. */
export function DesktopNotifications({ historyHref, navigate }: Routing) {
  const client = useInboxClient();
  const { types } = useTexts();
  const isOn = useDesktop().state === "on";
  const userId = useMe()?.id;
  const wordsOf = useStableCallback((notification: Notification) => {
    const { course, from } = originOf(notification, types);
    const body = `${course ?? from}\n${excerpt(notification.message, EXCERPT)}`;
    return { title: nameOf(notification, types), body };
  });
  const open = useStableCallback((id: number) => {
    const href = hrefInHistory(historyHref, id);
    window.focus();
    if (navigate) {
      navigate(href);
    } else {
      window.location.assign(href);
    }
  });
  useEffect(
    () => (isOn ? showOnDesktop(client, new Sight(`belfry:sight:${userId}`), wordsOf, open) : undefined),
    [isOn, userId, client, wordsOf, open],
  );
  return null;
}

/** What the systems show of a text. */
const EXCERPT = 140;

type Words = (notification: Notification) => { readonly title: string; readonly body: string };

/** @returns ends it, and takes away what is shown */
function showOnDesktop(client: Inbox, sight: Sight, wordsOf: Words, open: (id: number) => void): () => void {
  const storm = new StormGuard();
  const shown = new Set<() => void>();
  const show = async (fresh: Notification) => {
    // The others hear of it too. Those that are not shown are part of a storm.
    if (storm.admits(Date.now()) && client.isLeading() && !(await sight.isSeen())) {
      const end = desktopNotification(client, fresh, wordsOf(fresh), () => open(fresh.id));
      shown.add(end);
    }
  };
  const endFresh = client.on("fresh", (fresh) => void show(fresh));
  return () => {
    endFresh();
    sight.close();
    shown.forEach((end) => end());
  };
}

/** One, until it is pressed, or read or deleted anywhere. @returns takes it away */
function desktopNotification(
  client: Inbox,
  { id }: Notification,
  { title, body }: ReturnType<Words>,
  open: () => void,
): () => void {
  let desktop: globalThis.Notification;
  try {
    // The tag: where a browser has no locks every tab shows it, and the computer one.
    desktop = new window.Notification(title, { body, tag: `belfry-${id}` });
  } catch {
    // Phones have none without a push service.
    return () => {};
  }
  const item = client.item(id);
  const end = item.subscribe(() => {
    const { state, notification } = item.snapshot();
    if (state === "missing" || notification?.is_read) {
      desktop.close();
    }
  });
  desktop.onclick = () => {
    open();
    desktop.close();
  };
  desktop.onclose = end;
  return () => {
    end();
    desktop.close();
  };
}
