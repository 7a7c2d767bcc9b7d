import { lazy, memo, Suspense, useEffect, useLayoutEffect, useState } from "react";
import type { Notification } from "../../client/wire/notification";
import { dayName, startOfDay } from "../../lib/times";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { useLocale } from "../../ui/NotificationContext";
import type { LinkProps } from "../../ui/useLinks";
import { useNow } from "../../ui/useNow";
import { UndoLine } from "./listParts";
import type { Shown, ShownRow } from "./ListWindow";
import { NotificationItem, type ItemSlot, type NotificationItemProps } from "../../ui/NotificationItem";
import type { Stop } from "./useRowFocus";

/** Up to here all rows are in the document; of more only those in view and around it. */
const LONG = 60;

// Most lists are short.
const loadWindow = () => import("./ListWindow");
const ListWindow = lazy(async () => ({ default: (await loadWindow()).ListWindow }));

interface RowsProps extends RowActions {
  /** Newest first. */
  readonly entries: readonly Notification[];
  readonly removedIds: ReadonlySet<number>;
  readonly stop: Stop;
}

interface RowActions extends ItemSlot {
  readonly linkOf: (notification: Notification) => LinkProps;
  readonly onToggleRead: (notification: Notification) => void;
  readonly onRemove: (notification: Notification) => void;
  readonly onUndo: (notification: Notification) => void;
}

/** The rows of a list, under the names of their days. */
export function Rows({ entries, removedIds, stop, ...actions }: RowsProps) {
  const [list, setList] = useState<HTMLElement | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const nameOfDay = useNamesOfDays(entries);
  const isLong = entries.length > LONG;
  const isNearlyLong = entries.length > LONG / 2;
  useEffect(() => {
    if (isNearlyLong) {
      // Where it fails it is tried again when it is needed.
      void loadWindow().catch(() => {});
    }
  }, [isNearlyLong]);
  useLayoutEffect(() => {
    if (stop.isSought) {
      shown?.scrollTo(stop.place);
    }
  }, [stop.isSought, stop.place, shown]);

  const row = ({ place, before, after }: ShownRow) => {
    const notification = entries[place];
    const day = nameOfDay(place);
    return (
      notification && (
        <li
          key={notification.id}
          data-index={place}
          aria-posinset={place + 1}
          aria-setsize={entries.length}
          ref={isLong ? shown?.measure : undefined}
          style={isLong ? { marginBlockStart: before, marginBlockEnd: after } : undefined}
        >
          {day !== null && <p className="belfry-list__day">{day}</p>}
          <Row
            notification={notification}
            isRemoved={removedIds.has(notification.id)}
            isStop={place === stop.place}
            {...actions}
          />
        </li>
      )
    );
  };
  return entries.length === 0 ? null : (
    <>
      <ul className="belfry-list__items" ref={setList}>
        {rowsOf(entries.length, isLong, shown, stop.place).map(row)}
      </ul>
      {isLong && list && (
        <ErrorBoundary>
          <Suspense>
            <ListWindow list={list} entries={entries} kept={stop.place} onChange={setShown} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}

/** Which rows are in the document. */
function rowsOf(count: number, isLong: boolean, shown: Shown | null, stop: number): readonly ShownRow[] {
  const first = (length: number) => Array.from({ length }, (_, place) => ({ place, before: 0, after: 0 }));
  if (!isLong) {
    return first(count);
  }
  const rows = shown?.rows ?? first(LONG);
  // What is shown is of a moment ago. The row that may have the focus must not leave and come back.
  return rows.some(({ place }) => place === stop)
    ? rows
    : [...rows, { place: stop, before: 0, after: 0 }].sort((one, other) => one.place - other.place);
}

const plainItem = (item: NotificationItemProps) => <NotificationItem {...item} />;

interface RowProps extends RowActions {
  readonly notification: Notification;
  readonly isRemoved: boolean;
  readonly isStop: boolean;
}

/** Drawn again when something of it changes: in a list of thousands the others cost nothing. */
const Row = memo(function Row({ notification, isRemoved, isStop, ...actions }: RowProps) {
  const { renderItem = plainItem } = actions;
  return isRemoved ? (
    <UndoLine notification={notification} onUndo={() => actions.onUndo(notification)} />
  ) : (
    renderItem({
      notification,
      isUnderDay: true,
      isTabStop: isStop,
      link: actions.linkOf(notification),
      onToggleRead: () => actions.onToggleRead(notification),
      onRemove: () => actions.onRemove(notification),
    })
  );
});

/** @returns what stands above a row: the name of its day, if the row before is of another; else null */
function useNamesOfDays(entries: readonly Notification[]): (place: number) => string | null {
  const now = useNow();
  const locale = useLocale();
  const dayAt = (place: number) => {
    const notification = entries[place];
    return notification ? startOfDay(Date.parse(notification.created_at) || now) : null;
  };
  return (place) => {
    const day = dayAt(place);
    return day === null || day === dayAt(place - 1) ? null : dayName(day, now, locale);
  };
}
