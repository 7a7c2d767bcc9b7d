import { lazy, Suspense, useState, useEffect, useTransition } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import type { Routing } from "../ui/useLinks";
import { capped } from "../lib/words";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon } from "../ui/Icon";
import type { BellButtonProps } from "./BellPopup";

export type NotificationBellProps = Routing;

/** The shortest loss of the connection that is shown on the bell. */
const SETTLE_MS = 2_000;

/** After the list, as what else the page is about should not wait for what the bell opens. */
const AHEAD_MS = 2_000;

// Most visits end without it, and what it is made of is as much code as all before it.
const loadPopup = () => import("./BellPopup");
const BellPopup = lazy(async () => ({ default: (await loadPopup()).BellPopup }));

const StatusLine = lazy(async () => ({ default: (await import("./StatusLine")).StatusLine }));

/** A button with the number of unread notifications, which opens the newest ones. */
export function NotificationBell(routing: NotificationBellProps) {
  const texts = useTexts().inbox;
  const { unreadCount, connectionStatus } = useInbox();
  const settledStatus = useSettled(connectionStatus, SETTLE_MS);
  const [isWanted, setWanted] = useState(false);
  const [isLoading, startLoading] = useTransition();
  const isKnown = unreadCount !== null;
  useEffect(() => {
    // Where it fails it is tried again when it is wanted.
    const timer = isKnown ? setTimeout(() => void loadPopup().catch(() => {}), AHEAD_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isKnown]);
  const badge = unreadCount ? capped(unreadCount) : null;
  const button: BellButtonProps = {
    className: "belfry-bell belfry-focusable",
    "aria-label": texts.bell({ unread: unreadCount ?? 0 }),
    "data-connection": settledStatus,
    children: (
      <>
        <Icon name="bell" />
        {badge && (
          <span className="belfry-bell__badge" aria-hidden>
            {badge}
          </span>
        )}
      </>
    ),
  };
  return (
    <>
      <ErrorBoundary>
        {isWanted ? (
          <BellPopup button={button} routing={routing} />
        ) : (
          <button
            {...button}
            type="button"
            aria-haspopup="dialog"
            aria-expanded={false}
            aria-busy={isLoading}
            // In a transition, so that this button and the focus on it stay until the popup is there.
            onClick={() => startLoading(() => setWanted(true))}
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
