import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import { typeName } from "../lib/typeName";
import type { InboxFilter } from "../client/rest/inboxApi";
import { notificationTypes, type NotificationType } from "../client/wire/notification";

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
            onChange(filterOf(type, filter.unreadOnly));
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
          onChange={({ target }) => onChange(filterOf(filter.type, target.checked))}
        />
        <span>{texts.inbox.onlyUnread}</span>
      </label>
    </fieldset>
  );
}

function filterOf(type: NotificationType | undefined, unreadOnly = false): InboxFilter {
  return { ...(type && { type }), ...(unreadOnly && { unreadOnly }) };
}
