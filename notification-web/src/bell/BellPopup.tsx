import { Popover } from "@base-ui/react/popover";
import { Tabs } from "@base-ui/react/tabs";
import { useRef, useState, type ReactNode } from "react";
import { usePortalContainer, useTexts } from "../ui/NotificationContext";
import { useOpenBell } from "../ui/attention";
import { useInbox } from "../ui/useNotifications";
import { type Routing, useLinks } from "../ui/useLinks";
import { capped } from "../lib/words";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { IconButton } from "../ui/Icon";
import type { InboxFilter } from "../client/rest/inboxApi";
import { ConnectionStatus } from "./ConnectionStatus";
import { CourseChips } from "../history/list/CourseChips";
import type { ItemSlot } from "../ui/NotificationItem";
import { NotificationList } from "../history/list/NotificationList";

/** The bell itself, whether or not there is something that it opens. */
export interface BellButtonProps {
  readonly className: string;
  readonly part: string;
  readonly "aria-label": string;
  readonly "data-connection": string;
  readonly children: ReactNode;
}

interface BellPopupProps {
  readonly button: BellButtonProps;
  readonly routing: Routing & ItemSlot;
}

/** The bell with what it opens. It comes open, as it is loaded when the bell is pressed. */
export function BellPopup({ button, routing }: BellPopupProps) {
  const [isOpen, setOpen] = useState(true);
  const popup = useRef<HTMLDivElement>(null);
  useOpenBell(isOpen);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger {...button} />
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Positioner className="belfry-bell__positioner" align="end" sideOffset={8} collisionPadding={8}>
          {/* Not on the first button: that would be one press from doing something. */}
          <Popover.Popup className="belfry-popup" part="popup" ref={popup} initialFocus={popup}>
            <ErrorBoundary>
              <BellPanel routing={routing} onLeave={() => setOpen(false)} />
            </ErrorBoundary>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** More than that is read in the history. */
const LIMIT = 30;

interface BellPanelProps {
  readonly routing: Routing & ItemSlot;
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
        <NotificationList isHolding limit={LIMIT} onLeave={onLeave} filter={ofCourse} {...routing} />
      </Tabs.Panel>
      <Tabs.Panel className="belfry-popup__panel" value="unread" tabIndex={-1}>
        <NotificationList
          isHolding
          limit={LIMIT}
          onLeave={onLeave}
          filter={{ ...ofCourse, unreadOnly: true }}
          {...routing}
        />
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
