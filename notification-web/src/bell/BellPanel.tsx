import { Popover } from "@base-ui/react/popover";
import { Tabs } from "@base-ui/react/tabs";
import { useTexts } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import { useLinks, type Routing } from "../ui/useLinks";
import { capped } from "../lib/capped";
import type { InboxFilter } from "../client/rest/inboxApi";
import { ConnectionStatus } from "./ConnectionStatus";
import { NotificationList } from "../history/list/NotificationList";
import { IconButton } from "../ui/Icon";

interface BellPanelProps {
  readonly routing: Routing;
  /** Something was opened in this tab. */
  readonly onLeave: () => void;
}

const unread: InboxFilter = { unreadOnly: true };

/** What the bell opens. */
export function BellPanel({ routing, onLeave }: BellPanelProps) {
  const texts = useTexts().inbox;
  const { unreadCount } = useInbox();
  const links = useLinks(routing, onLeave);
  return (
    <Tabs.Root className="belfry-popup__tabs" defaultValue="all">
      <div className="belfry-popup__header">
        <Popover.Title className="belfry-popup__title">{texts.heading}</Popover.Title>
        <Popover.Close render={<IconButton icon="close" label={texts.close} />} />
      </div>
      <Tabs.List className="belfry-tabs">
        <Tabs.Tab className="belfry-tabs__tab" value="all">
          {texts.all}
        </Tabs.Tab>
        <Tabs.Tab className="belfry-tabs__tab" value="unread">
          <span>{texts.unread}</span>{" "}
          {unreadCount ? <span className="belfry-tabs__count">{capped(unreadCount)}</span> : null}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel className="belfry-popup__panel" value="all">
        <NotificationList isHolding onLeave={onLeave} {...routing} />
      </Tabs.Panel>
      <Tabs.Panel className="belfry-popup__panel" value="unread">
        <NotificationList isHolding onLeave={onLeave} filter={unread} {...routing} />
      </Tabs.Panel>
      <div className="belfry-popup__footer">
        <ConnectionStatus />
        <a className="belfry-popup__all belfry-focusable" {...links.to(routing.historyHref)}>
          {texts.seeAll}
        </a>
      </div>
    </Tabs.Root>
  );
}
