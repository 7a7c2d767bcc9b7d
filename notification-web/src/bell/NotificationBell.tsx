import { Popover } from "@base-ui/react/popover";
import { useRef, useState } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useOpenBell } from "../ui/attention";
import { useInbox } from "../ui/useNotifications";
import type { Routing } from "../ui/useLinks";
import { useSettled } from "./useSettled";
import { capped } from "../lib/capped";
import { BellPanel } from "./BellPanel";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon } from "../ui/Icon";
import { StatusLine } from "./StatusLine";

export type NotificationBellProps = Routing;

/** The shortest loss of the connection that is shown on the bell. */
const SETTLE_MS = 2_000;

/** A button with the number of unread notifications, which opens the newest ones. */
export function NotificationBell(routing: NotificationBellProps) {
  const texts = useTexts().inbox;
  const { unreadCount, connectionStatus } = useInbox();
  const settledStatus = useSettled(connectionStatus, SETTLE_MS);
  const [isOpen, setOpen] = useState(false);
  const popup = useRef<HTMLDivElement>(null);
  const badge = unreadCount ? capped(unreadCount) : null;
  useOpenBell(isOpen);
  return (
    <>
      <Popover.Root open={isOpen} onOpenChange={setOpen}>
        <Popover.Trigger
          className="belfry-bell belfry-focusable"
          aria-label={texts.bell(unreadCount ?? 0)}
          data-connection={settledStatus}
        >
          <Icon name="bell" />
          {badge && (
            <span className="belfry-bell__badge" aria-hidden>
              {badge}
            </span>
          )}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner className="belfry-bell__positioner" align="end" sideOffset={8} collisionPadding={8}>
            {/* Not on the first button: that would be one press from doing something. */}
            <Popover.Popup className="belfry-popup" ref={popup} initialFocus={popup}>
              <ErrorBoundary>
                <BellPanel routing={routing} onLeave={() => setOpen(false)} />
              </ErrorBoundary>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <StatusLine />
    </>
  );
}
