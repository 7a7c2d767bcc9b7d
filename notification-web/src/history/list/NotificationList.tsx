import { memo, useState } from "react";
import { useLocale, useTexts } from "../../ui/NotificationContext";
import { useFocusKeeper } from "./useFocusKeeper";
import { useLinks, type LinkProps, type Routing } from "../../ui/useLinks";
import { useListKeys } from "./useListKeys";
import { useListView, type Entry } from "./useListView";
import { useStableCallback } from "../../ui/useStableCallback";
import type { Notification } from "../../client/wire/notification";
import { useNow } from "../../ui/useNow";
import { dayName, startOfDay } from "../../lib/times";
import type { Texts } from "../../lib/texts";
import { typeName } from "../../lib/words";
import type { InboxFilter } from "../../client/rest/inboxApi";
import type { ListSnapshot } from "../../client/inboxState";
import { ListEnd, Failure, KeyHelp, Skeleton, ListTools, UndoLine } from "./listParts";
import { NotificationItem } from "../../ui/NotificationItem";

export interface NotificationListProps extends Routing {
  readonly filter?: InboxFilter;
  /** What arrives waits behind an "n new" button instead of moving what is being read. */
  readonly isHolding?: boolean;
  /** Each leads to its place in the history, wherever else it would lead. */
  readonly leadsToHistory?: boolean;
  /** One was opened in this tab. */
  readonly onLeave?: () => void;
}

const everything: InboxFilter = {};

/** The newest notifications that a filter lets through, and as many older ones as the reader asks for. */
export function NotificationList(props: NotificationListProps) {
  const { filter = everything, isHolding = false, leadsToHistory = false, onLeave, ...routing } = props;
  const texts = useTexts();
  const view = useListView(filter, isHolding);
  const days = useDays(view.entries);
  const shown = days.flatMap((day) => day.entries);
  const focus = useFocusKeeper();
  const links = useLinks(routing, onLeave);
  const linkOf = leadsToHistory ? links.toHistory : links.toTarget;
  const toggleRead = useStableCallback(view.toggleRead);
  const remove = useStableCallback(view.remove);
  const undo = useStableCallback(view.undo);
  const [isHelping, setHelping] = useState(false);
  const change = (place: number, wanted: boolean) => {
    const entry = shown[place];
    if (entry && !entry.isRemoved && entry.notification.is_read !== wanted) {
      view.toggleRead(entry.notification);
    }
  };
  useListKeys(focus.props.ref, {
    markRead: (place) => change(place, true),
    markUnread: (place) => change(place, false),
    remove: (place) => {
      const entry = shown[place];
      if (entry && !entry.isRemoved) {
        view.remove(entry.notification);
      }
    },
    toggleHelp: () => setHelping(!isHelping),
  });
  const hasFailed = useHasFailed(view.state);
  const isReady = view.state === "ready";
  const isEmpty = view.entries.length === 0;
  const reveal = () => {
    view.reveal();
    focus.props.ref.current?.scrollIntoView({ block: "start" });
  };
  return (
    <div className="belfry-list" tabIndex={-1} aria-busy={view.state === "loading"} {...focus.props}>
      <ListTools
        heldCount={view.heldCount}
        // The api has no such thing for one type or course.
        markAllRead={filter.type === undefined && filter.course === undefined ? view.markAllRead : undefined}
        onReveal={reveal}
      />
      {isHelping && <KeyHelp />}
      {days.map(({ name, entries }) => (
        <div key={name}>
          <p className="belfry-list__day" aria-hidden>
            {name}
          </p>
          <ul className="belfry-list__items" aria-label={name}>
            {entries.map(({ notification, isRemoved }) => (
              <Row
                key={notification.id}
                notification={notification}
                isRemoved={isRemoved}
                linkOf={linkOf}
                onToggleRead={toggleRead}
                onRemove={remove}
                onUndo={undo}
              />
            ))}
          </ul>
        </div>
      ))}
      {isReady && isEmpty && view.more === "none" && <p className="belfry-list__empty">{emptyText(filter, texts)}</p>}
      {isReady && !(isEmpty && view.more === "none") && (
        <ListEnd more={view.more} onLoad={view.loadMore} onPress={() => focus.moveTo(view.entries.length)} />
      )}
      {!isReady && hasFailed && (
        <Failure text={texts.inbox.error} isBusy={view.state === "loading"} onRetry={view.retry} />
      )}
      {!isReady && !hasFailed && isEmpty && <Skeleton />}
    </div>
  );
}

interface RowProps extends Entry {
  readonly linkOf: (notification: Notification) => LinkProps;
  readonly onToggleRead: (notification: Notification) => void;
  readonly onRemove: (notification: Notification) => void;
  readonly onUndo: (notification: Notification) => void;
}

/** Drawn again when something of it changes: in a list of thousands the others cost nothing. */
const Row = memo(function Row({ notification, isRemoved, linkOf, onToggleRead, onRemove, onUndo }: RowProps) {
  return (
    <li>
      {isRemoved ? (
        <UndoLine notification={notification} onUndo={() => onUndo(notification)} />
      ) : (
        <NotificationItem
          notification={notification}
          isUnderDay
          isRoving
          link={linkOf(notification)}
          onToggleRead={() => onToggleRead(notification)}
          onRemove={() => onRemove(notification)}
        />
      )}
    </li>
  );
});

interface Day {
  readonly name: string;
  readonly entries: Entry[];
}

/** What was stored on the same day stands together, under its name. */
function useDays(entries: readonly Entry[]): readonly Day[] {
  const now = useNow();
  const locale = useLocale();
  const days = new Map<number, Day>();
  for (const entry of entries) {
    const at = startOfDay(Date.parse(entry.notification.created_at) || now);
    const day = days.get(at) ?? { name: dayName(at, now, locale), entries: [] };
    day.entries.push(entry);
    days.set(at, day);
  }
  return [...days.values()];
}

/** Whether the last try failed, also while the next one is under way: what is seen must not come and go with each. */
function useHasFailed(state: ListSnapshot["state"]): boolean {
  const [hasFailed, setHasFailed] = useState(state === "error");
  if (state !== "loading" && hasFailed !== (state === "error")) {
    setHasFailed(state === "error");
  }
  return hasFailed;
}

function emptyText({ unreadOnly, type, course }: InboxFilter, { inbox, types }: Texts): string {
  if (course !== undefined) {
    return unreadOnly ? inbox.emptyUnreadCourse : inbox.emptyCourse;
  }
  if (type === undefined) {
    return unreadOnly ? inbox.emptyUnread : inbox.empty;
  }
  const name = typeName(types, type);
  return unreadOnly ? inbox.emptyUnreadType({ type: name }) : inbox.emptyType({ type: name });
}
