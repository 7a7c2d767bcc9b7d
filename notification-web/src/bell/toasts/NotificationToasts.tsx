import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Toast } from "@base-ui/react/toast";
import { useState, useEffect, type ComponentProps, type ReactNode } from "react";
import { useInboxClient, usePortalContainer, useTexts } from "../../ui/NotificationContext";
import { type Routing, useLinks } from "../../ui/useLinks";
import { StormGuard } from "./stormGuard";
import { isBellOpen, toasted, useIsBellOpen } from "../../ui/attention";
import { useNotification } from "../../ui/useNotifications";
import type { InboxEvents } from "../../client/inboxState";
import type { Notification } from "../../client/wire/notification";
import { OriginMark } from "../../ui/Origin";
import { ToastText } from "../../ui/ToastText";
import { IconButton } from "../../ui/Icon";

export interface NotificationToastsProps extends Routing {
  /** How long one stays, in ms, while no pointer is on it; it stays in the bell anyway. */
  readonly stays?: number;
}

const LIMIT = 3;

/** Shows at the edge of the page what arrives while the reader looks, and own changes that were refused. One per page. */
export function NotificationToasts({ stays = 8_000, ...routing }: NotificationToastsProps) {
  const texts = useTexts().inbox;
  const [manager] = useState(() => Toast.createToastManager<ToastNews>());
  useToastNews(manager);
  return (
    <Toast.Provider toastManager={manager} timeout={stays} limit={LIMIT}>
      <Toast.Portal container={usePortalContainer()}>
        <Toast.Viewport className="belfry-toasts" part="toasts" aria-label={texts.toasts}>
          <ErrorBoundary>
            <Toasts routing={routing} />
          </ErrorBoundary>
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** What a toast tells. */
type ToastNews =
  | { readonly kind: "fresh"; readonly notification: InboxEvents["fresh"] }
  | { readonly kind: "refused"; readonly refusal: InboxEvents["refused"] };

type ToastObject = ReturnType<typeof Toast.useToastManager<ToastNews>>["toasts"][number];

type ToastManager = ReturnType<typeof Toast.createToastManager<ToastNews>>;

/** Long enough for a second look. */
const REFUSED_MS = 12_000;

/**
 * Makes toasts of what is new this moment, while the reader looks and sees it nowhere else, and as long as it is not too
 * much; and of own changes that were refused.
 */
function useToastNews(manager: ToastManager): void {
  const client = useInboxClient();
  useEffect(() => {
    const storm = new StormGuard();
    const ends = [
      client.on("fresh", (notification) => {
        // Those that get no toast are part of a storm too.
        const isCalm = storm.admits(Date.now());
        if (isCalm && !isBellOpen() && document.visibilityState === "visible") {
          toasted.add(notification);
          manager.add({ id: `fresh-${notification.id}`, data: { kind: "fresh", notification } });
        }
      }),
      client.on("refused", (refusal) => {
        // Many of a kind, refused together, are one piece of news.
        manager.add({ id: `refused-${refusal.change.kind}`, timeout: REFUSED_MS, data: { kind: "refused", refusal } });
      }),
    ];
    return () => ends.forEach((end) => end());
  }, [manager, client]);
}

function Toasts({ routing }: { readonly routing: Routing }) {
  const texts = useTexts().inbox;
  const { toasts } = Toast.useToastManager<ToastNews>();
  return toasts.map((toast) => {
    const { id, data: news } = toast;
    switch (news?.kind) {
      case "fresh":
        return <FreshToast key={id} toast={toast} notification={news.notification} routing={routing} />;
      case "refused":
        return (
          <ToastCard key={id} toast={toast}>
            <Title className="belfry-toast__title">{texts.refused[news.refusal.change.kind]}</Title>
            <Text className="belfry-toast__text" dir="auto">
              {news.refusal.reason}
            </Text>
          </ToastCard>
        );
      case undefined:
        return null;
    }
  });
}

interface FreshToastProps {
  readonly toast: ToastObject;
  readonly notification: Notification;
  readonly routing: Routing;
}

// The library names the toast by them.
const Title = (props: ComponentProps<"p">) => <Toast.Title {...props} render={<p />} />;
const Text = (props: ComponentProps<"p">) => <Toast.Description {...props} />;

/** A notification that arrived just now. It goes when it is seen, read or deleted elsewhere. */
function FreshToast({ toast, notification, routing }: FreshToastProps) {
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
    <ToastCard toast={toast} icon={<OriginMark notification={notification} />}>
      <ToastText notification={notification} link={links.toTarget(notification)} Title={Title} Text={Text} />
    </ToastCard>
  );
}

interface ToastCardProps {
  readonly toast: ToastObject;
  readonly icon?: ReactNode;
  /** What it says. */
  readonly children: ReactNode;
}

/** What a toast looks like, whatever it tells. */
function ToastCard({ toast, icon, children }: ToastCardProps) {
  const texts = useTexts().inbox;
  return (
    <Toast.Root className="belfry-toast belfry-focusable" part="toast" toast={toast} swipeDirection="right">
      {icon}
      <Toast.Content className="belfry-toast__content">{children}</Toast.Content>
      {/* The library hides it from screen readers, but not from their users' tab key. */}
      <Toast.Close aria-hidden={false} render={<IconButton icon="close" label={texts.close} />} />
    </Toast.Root>
  );
}
