import { Popover } from "@base-ui/react/popover";
import { useRef, useState, useEffect } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useOpenBell } from "../ui/attention";
import { useInbox } from "../ui/useNotifications";
import { type Routing, useLinks } from "../ui/useLinks";
import { capped } from "../lib/words";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon, IconButton } from "../ui/Icon";
import { StatusLine } from "./StatusLine";
import { Tabs } from "@base-ui/react/tabs";
import type { InboxFilter } from "../client/rest/inboxApi";
import { ConnectionStatus } from "./ConnectionStatus";
import { CourseChips } from "../history/list/CourseChips";
import { NotificationList } from "../history/list/NotificationList";

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

interface BellPanelProps {
  readonly routing: Routing;
  /** Something was opened in this tab. */
  readonly onLeave: () => void;
}

/** What the bell opens. */
export function BellPanel({ routing, onLeave }: BellPanelProps) {
  const texts = useTexts().inbox;
  const { unreadCount } = useInbox();
  const links = useLinks(routing, onLeave);
  const [course, setCourse] = useState<number>();
  const ofCourse: InboxFilter = course === undefined ? {} : { course };
  return (
    <Tabs.Root className="belfry-popup__tabs" defaultValue="all">
      <div className="belfry-popup__header">
        <Popover.Title className="belfry-popup__title">{texts.heading}</Popover.Title>
        <Tabs.List className="belfry-tabs">
          <Tabs.Tab className="belfry-tabs__tab" value="all">
            {texts.all}
          </Tabs.Tab>
          <Tabs.Tab className="belfry-tabs__tab" value="unread">
            <span>{texts.unread}</span>{" "}
            {unreadCount ? <span className="belfry-tabs__count">{capped(unreadCount)}</span> : null}
          </Tabs.Tab>
        </Tabs.List>
      </div>
      <CourseChips course={course} onChange={setCourse} />
      <Tabs.Panel className="belfry-popup__panel" value="all" tabIndex={-1}>
        <NotificationList isHolding onLeave={onLeave} filter={ofCourse} {...routing} />
      </Tabs.Panel>
      <Tabs.Panel className="belfry-popup__panel" value="unread" tabIndex={-1}>
        <NotificationList isHolding onLeave={onLeave} filter={{ ...ofCourse, unreadOnly: true }} {...routing} />
      </Tabs.Panel>
      <div className="belfry-popup__footer">
        <ConnectionStatus />
        <a className="belfry-popup__all belfry-focusable" {...links.to(routing.historyHref)}>
          {texts.seeAll}
        </a>
      </div>
      <Popover.Close className="belfry-popup__close" render={<IconButton icon="close" label={texts.close} />} />
    </Tabs.Root>
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
