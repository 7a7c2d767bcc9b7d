import { lazy, Suspense, useState, useEffect, type ReactNode } from "react";
import type { InboxSnapshot } from "../client/inboxState";
import type { ItemSlot } from "../ui/NotificationItem";
import { useTexts } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import type { Routing } from "../ui/useLinks";
import { capped } from "../lib/words";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon } from "../ui/Icon";
import type { BellButtonProps, BellPopup } from "./BellPopup";

export interface NotificationBellProps extends Routing, ItemSlot {
  /** What stands in the button, in place of the icon and the number; the button keeps its name. */
  readonly renderBell?: ((inbox: InboxSnapshot) => ReactNode) | undefined;
}

/** The shortest loss of the connection that is shown on the bell. */
const SETTLE_MS = 2_000;

/** After the list, as what else the page is about should not wait for what the bell opens. */
const AHEAD_MS = 2_000;

// Most visits end without it, and what it is made of is as much code as all before it.
const loadPopup = () => import("./BellPopup");

const NotLoaded: typeof BellPopup = () => {
  throw new Error("what the bell opens cannot be loaded");
};

const StatusLine = lazy(async () => ({ default: (await import("./StatusLine")).StatusLine }));

/** A button with the number of unread notifications, which opens the newest ones. */
export function NotificationBell({ renderBell, ...routing }: NotificationBellProps) {
  const texts = useTexts().inbox;
  const inbox = useInbox();
  const { unreadCount, connectionStatus } = inbox;
  const settledStatus = useSettled(connectionStatus, SETTLE_MS);
  const [Popup, setPopup] = useState<typeof BellPopup>();
  const [isLoading, setLoading] = useState(false);
  const isKnown = unreadCount !== null;
  useEffect(() => {
    // Where it fails it is tried again when it is wanted.
    const timer = isKnown ? setTimeout(() => void loadPopup().catch(() => {}), AHEAD_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isKnown]);
  // This button and the focus on it stay until the popup is there.
  const open = async () => {
    setLoading(true);
    const loaded = await loadPopup().catch(() => null);
    setPopup(() => loaded?.BellPopup ?? NotLoaded);
  };
  const badge = unreadCount ? capped(unreadCount) : null;
  const button: BellButtonProps = {
    className: "belfry-bell belfry-focusable",
    part: "bell",
    "aria-label": texts.bell({ unread: unreadCount ?? 0 }),
    "data-connection": settledStatus,
    children: renderBell?.(inbox) ?? (
      <>
        <Icon name="bell" />
        {badge && (
          <span className="belfry-bell__badge" part="badge" aria-hidden>
            {badge}
          </span>
        )}
      </>
    ),
  };
  return (
    <>
      <ErrorBoundary>
        {Popup ? (
          <Popup button={button} routing={routing} />
        ) : (
          <button
            {...button}
            type="button"
            aria-haspopup="dialog"
            aria-expanded={false}
            aria-busy={isLoading}
            onClick={() => void open()}
          />
        )}
      </ErrorBoundary>
      <ErrorBoundary fallback={null}>
        <Suspense>
          <StatusLine />
        </Suspense>
      </ErrorBoundary>
    </>
  );
}

/** A value once it has stayed the same for so long; the first one at once. What comes and goes sooner is not seen. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
