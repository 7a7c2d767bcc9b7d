import { useTexts } from "../../ui/NotificationContext";
import type { ListView } from "./useListView";
import { Icon } from "../../ui/Icon";

interface ListToolsProps extends Pick<ListView, "heldCount"> {
  /** Null when nothing is unread; undefined when it would concern more than this list. */
  readonly markAllRead: ListView["markAllRead"] | undefined;
  readonly onReveal: () => void;
}

/** Above a list: what concerns all of it. */
export function ListTools({ heldCount, markAllRead, onReveal }: ListToolsProps) {
  const texts = useTexts().inbox;
  if (heldCount === 0 && markAllRead === undefined) {
    return null;
  }
  return (
    <div className="belfry-list__tools">
      {heldCount > 0 && (
        <button
          type="button"
          className="belfry-button belfry-button--primary belfry-pill"
          aria-label={texts.showNewName(heldCount)}
          onClick={onReveal}
        >
          <Icon name="up" />
          <span>{texts.showNew(heldCount)}</span>
        </button>
      )}
      {markAllRead !== undefined && (
        <button
          type="button"
          className="belfry-button belfry-button--quiet belfry-list__mark-all"
          aria-disabled={markAllRead === null}
          onClick={markAllRead ?? undefined}
        >
          {texts.markAllRead}
        </button>
      )}
    </div>
  );
}
