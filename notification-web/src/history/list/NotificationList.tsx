import { useState } from "react";
import { useTexts } from "../../ui/NotificationContext";
import { useLinks, type Routing } from "../../ui/useLinks";
import { useListKeys } from "./useListKeys";
import { useListView } from "./useListView";
import { useRowFocus } from "./useRowFocus";
import { useStableCallback } from "../../ui/useStableCallback";
import type { Texts } from "../../lib/texts";
import { typeName } from "../../lib/words";
import type { InboxFilter } from "../../client/rest/inboxApi";
import type { ListSnapshot } from "../../client/inboxState";
import { ListEnd, Failure, KeyHelp, Skeleton, ListTools } from "./listParts";
import type { ItemSlot } from "../../ui/NotificationItem";
import { Rows } from "./Rows";

export interface NotificationListProps extends Routing, ItemSlot {
  readonly filter?: InboxFilter;
  /** What arrives waits behind an "n new" button instead of moving what is being read. */
  readonly isHolding?: boolean;
  /** How many are shown at most; older ones are somewhere else. By default as many as the reader asks for. */
  readonly limit?: number;
  /** Each leads to its place in the history, wherever else it would lead. */
  readonly leadsToHistory?: boolean;
  /** One was opened in this tab. */
  readonly onLeave?: () => void;
}

const everything: InboxFilter = {};

/** The newest notifications that a filter lets through, and as many older ones as the reader asks for. */
export function NotificationList(props: NotificationListProps) {
  const {
    filter = everything,
    isHolding = false,
    limit = Infinity,
    leadsToHistory = false,
    onLeave,
    renderItem,
    ...routing
  } = props;
  const texts = useTexts();
  const view = useListView(filter, isHolding, limit);
  const focus = useRowFocus(view.entries);
  const links = useLinks(routing, onLeave);
  const toggleRead = useStableCallback(view.toggleRead);
  const remove = useStableCallback(view.remove);
  const undo = useStableCallback(view.undo);
  const [isHelping, setHelping] = useState(false);
  /** Of what was deleted there is nothing to be changed. */
  const presentAt = (place: number) => {
    const notification = view.entries[place];
    return notification && !view.removedIds.has(notification.id) ? notification : undefined;
  };
  const change = (place: number, wanted: boolean) => {
    const notification = presentAt(place);
    if (notification && notification.is_read !== wanted) {
      view.toggleRead(notification);
    }
  };
  useListKeys(focus.props.ref, {
    goTo: focus.goTo,
    markRead: (place) => change(place, true),
    markUnread: (place) => change(place, false),
    remove: (place) => {
      const notification = presentAt(place);
      if (notification) {
        view.remove(notification);
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
      <Rows
        entries={view.entries}
        removedIds={view.removedIds}
        stop={focus.stop}
        linkOf={leadsToHistory ? links.toHistory : links.toTarget}
        onToggleRead={toggleRead}
        onRemove={remove}
        onUndo={undo}
        renderItem={renderItem}
      />
      {isReady && isEmpty && view.more === "none" && <p className="belfry-list__empty">{emptyText(filter, texts)}</p>}
      {isReady && !(isEmpty && view.more === "none") && view.entries.length < limit && (
        <ListEnd more={view.more} onLoad={view.loadMore} onPress={() => focus.moveTo(view.entries.length)} />
      )}
      {!isReady && hasFailed && (
        <Failure text={texts.inbox.error} isBusy={view.state === "loading"} onRetry={view.retry} />
      )}
      {!isReady && !hasFailed && isEmpty && <Skeleton />}
    </div>
  );
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
