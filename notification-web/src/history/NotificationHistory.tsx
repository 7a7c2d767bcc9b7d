import { useState } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useIsScrolled } from "./useIsScrolled";
import type { Routing } from "../ui/useLinks";
import type { InboxFilter } from "../client/rest/inboxApi";
import { HistoryFilters } from "./HistoryFilters";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { NotificationDetail } from "./NotificationDetail";
import { NotificationList } from "./list/NotificationList";

export interface NotificationHistoryProps extends Routing {
  /** The one that the page's address names: shown in full above the others. */
  readonly selectedId?: number | null;
}

/** All notifications, with filters; the whole of one where the address names it. */
export function NotificationHistory({ selectedId = null, ...routing }: NotificationHistoryProps) {
  const texts = useTexts().inbox;
  const [filter, setFilter] = useState<InboxFilter>({});
  const [beginning, isScrolled] = useIsScrolled();
  return (
    <section className="belfry-history" aria-label={texts.heading}>
      {selectedId !== null && (
        <ErrorBoundary key={selectedId}>
          <NotificationDetail id={selectedId} routing={routing} />
        </ErrorBoundary>
      )}
      <HistoryFilters filter={filter} onChange={setFilter} />
      <div className="belfry-history__list">
        <div ref={beginning} />
        <ErrorBoundary key={`${filter.type} ${filter.unreadOnly}`}>
          <NotificationList filter={filter} isHolding={isScrolled} leadsToHistory {...routing} />
        </ErrorBoundary>
      </div>
    </section>
  );
}
