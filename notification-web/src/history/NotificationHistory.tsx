import { lazy, Suspense, useState, useId, useEffect, useRef, type RefObject } from "react";
import { useTexts } from "../ui/NotificationContext";
import type { Routing } from "../ui/useLinks";
import type { InboxFilter } from "../client/rest/inboxApi";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import type { ItemSlot } from "../ui/NotificationItem";
import { Skeleton } from "./list/listParts";
import { NotificationList } from "./list/NotificationList";
import { typeName } from "../lib/words";
import { notificationTypes, type NotificationType } from "../client/wire/notification";

export interface NotificationHistoryProps extends Routing, ItemSlot {
  /** The one that the page's address names: shown in full above the others. */
  readonly selectedId?: number | null;
}

// They wait for the courses; the list does not wait for them.
const CourseChips = lazy(async () => ({ default: (await import("./list/CourseChips")).CourseChips }));

// Most visits are to the list.
const NotificationDetail = lazy(async () => ({ default: (await import("./NotificationDetail")).NotificationDetail }));

/** All notifications, with filters; the whole of one where the address names it. */
export function NotificationHistory({ selectedId = null, ...routing }: NotificationHistoryProps) {
  const texts = useTexts().inbox;
  const [filter, setFilter] = useState<InboxFilter>({});
  const [beginning, isScrolled] = useIsScrolled();
  return (
    <section className="belfry-history" aria-label={texts.heading}>
      {selectedId !== null && (
        <ErrorBoundary key={selectedId}>
          <Suspense fallback={<Skeleton />}>
            <NotificationDetail id={selectedId} routing={routing} />
          </Suspense>
        </ErrorBoundary>
      )}
      <ErrorBoundary fallback={null}>
        <Suspense>
          <CourseChips
            course={filter.course}
            onChange={(course) => setFilter(filterOf(filter.type, filter.unreadOnly, course))}
          />
        </Suspense>
      </ErrorBoundary>
      <HistoryFilters filter={filter} onChange={setFilter} />
      <div className="belfry-history__list">
        <div ref={beginning} />
        <ErrorBoundary key={`${filter.type} ${filter.unreadOnly} ${filter.course}`}>
          <NotificationList filter={filter} isHolding={isScrolled} leadsToHistory {...routing} />
        </ErrorBoundary>
      </div>
    </section>
  );
}

interface HistoryFiltersProps {
  readonly filter: InboxFilter;
  readonly onChange: (filter: InboxFilter) => void;
}

export function HistoryFilters({ filter, onChange }: HistoryFiltersProps) {
  const texts = useTexts();
  const id = useId();
  return (
    <fieldset className="belfry-filters">
      <legend className="belfry-visually-hidden">{texts.inbox.filter}</legend>
      <label className="belfry-filters__type" htmlFor={`${id}-type`}>
        <span>{texts.inbox.type}</span>
        <select
          id={`${id}-type`}
          className="belfry-filters__select belfry-focusable"
          value={filter.type ?? ""}
          onChange={({ target }) => {
            const type = notificationTypes.find((known) => known === target.value);
            onChange(filterOf(type, filter.unreadOnly, filter.course));
          }}
        >
          <option value="">{texts.inbox.allTypes}</option>
          {notificationTypes.map((type) => (
            <option key={type} value={type}>
              {typeName(texts.types, type)}
            </option>
          ))}
        </select>
      </label>
      <label className="belfry-filters__unread" htmlFor={`${id}-unread`}>
        <input
          id={`${id}-unread`}
          type="checkbox"
          className="belfry-focusable"
          checked={filter.unreadOnly ?? false}
          onChange={({ target }) => onChange(filterOf(filter.type, target.checked, filter.course))}
        />
        <span>{texts.inbox.onlyUnread}</span>
      </label>
    </fieldset>
  );
}

function filterOf(type: NotificationType | undefined, unreadOnly = false, course?: number): InboxFilter {
  return { ...(type && { type }), ...(unreadOnly && { unreadOnly }), ...(course !== undefined && { course }) };
}

/** Whether the beginning of something is scrolled out of view, in whatever scrolls. @returns for an element at its beginning */
export function useIsScrolled(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const beginning = useRef<HTMLDivElement>(null);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    if (!beginning.current || !("IntersectionObserver" in window)) {
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1);
      if (entry) {
        // Below the view is not scrolled.
        setScrolled(!entry.isIntersecting && entry.boundingClientRect.top < (entry.rootBounds?.top ?? 0));
      }
    });
    observer.observe(beginning.current);
    return () => observer.disconnect();
  }, []);
  return [beginning, isScrolled];
}
