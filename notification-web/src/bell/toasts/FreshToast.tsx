import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { useTexts } from "../../ui/NotificationContext";
import { useIsBellOpen } from "../../ui/attention";
import { useLinks, type Routing } from "../../ui/useLinks";
import { useNotification } from "../../ui/useNotifications";
import { excerpt } from "../../lib/excerpt";
import { nameOf } from "../../lib/typeName";
import type { Notification } from "../../client/wire/notification";
import { TypeIcon } from "../../ui/TypeIcon";
import { ToastCard } from "./ToastCard";

interface FreshToastProps {
  readonly toast: Toast.Root.ToastObject;
  readonly notification: Notification;
  readonly routing: Routing;
}

/** What a screen reader reads out, and what fits into a few lines. */
const EXCERPT = 140;

/** A notification that arrived just now. It goes when it is seen, read or deleted elsewhere. */
export function FreshToast({ toast, notification, routing }: FreshToastProps) {
  const texts = useTexts();
  const { close } = Toast.useToastManager();
  const { state, notification: now } = useNotification(notification.id);
  const isSeen = useIsBellOpen() || state === "missing" || now?.is_read === true;
  useEffect(() => {
    if (isSeen) {
      close(toast.id);
    }
  }, [isSeen, close, toast.id]);
  const links = useLinks(routing, () => close(toast.id));
  return (
    <ToastCard
      toast={toast}
      icon={<TypeIcon type={notification.notification_type} />}
      title={
        <a className="belfry-toast__link belfry-focusable" dir="auto" {...links.toTarget(notification)}>
          {nameOf(notification, texts.types)}
        </a>
      }
      text={excerpt(notification.message, EXCERPT)}
    />
  );
}
