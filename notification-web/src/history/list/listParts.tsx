import { useTexts } from "../../ui/NotificationContext";
import type { ListView } from "./useListView";
import { Icon } from "../../ui/Icon";
import type { ListSnapshot } from "../../client/inboxState";
import { nameOf } from "../../lib/words";
import type { Notification } from "../../client/wire/notification";
import { useEffect, useRef, type RefObject } from "react";
import { useStableCallback } from "../../ui/useStableCallback";

/** The place of what is being loaded. */
export function Skeleton() {
  const texts = useTexts().inbox;
  return (
    <div className="belfry-list__skeletons" aria-busy>
      <p className="belfry-visually-hidden">{texts.loading}</p>
      <div className="belfry-skeleton belfry-list__skeleton" />
      <div className="belfry-skeleton belfry-list__skeleton" />
      <div className="belfry-skeleton belfry-list__skeleton" />
    </div>
  );
}

interface FailureProps {
  readonly text: string;
  /** It is being tried again. */
  readonly isBusy: boolean;
  readonly onRetry: () => void;
}

export function Failure({ text, isBusy, onRetry }: FailureProps) {
  const texts = useTexts().inbox;
  return (
    <div className="belfry-alert belfry-list__failure" aria-busy={isBusy}>
      <p role="alert">{text}</p>
      <button type="button" className="belfry-button" aria-disabled={isBusy} onClick={isBusy ? undefined : onRetry}>
        {isBusy ? texts.retrying : texts.retry}
      </button>
    </div>
  );
}

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
          aria-label={texts.showNewName({ count: heldCount })}
          onClick={onReveal}
        >
          <Icon name="up" />
          <span>{texts.showNew({ count: heldCount })}</span>
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

const keys = [
  ["move", "↑ ↓"],
  ["ends", "Home End"],
  ["along", "→ ←"],
  ["read", "E"],
  ["unread", "U"],
  ["remove", "Delete"],
  ["filter", "/"],
  ["help", "?"],
] as const;

/** What the keys do while the focus is in the list. */
export function KeyHelp() {
  const texts = useTexts().inbox.keys;
  return (
    <dl className="belfry-keys" role="status">
      {keys.map(([key, name]) => (
        <div key={key}>
          <dt>
            <kbd>{name}</kbd>
          </dt>
          <dd>{texts[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ListEndProps {
  readonly more: ListSnapshot["more"];
  readonly onLoad: () => void;
  /** Before `onLoad`, when it is asked for by the button. */
  readonly onPress: () => void;
}

/** Loads older ones when it comes into view, and by its button. */
export function ListEnd({ more, onLoad, onPress }: ListEndProps) {
  const texts = useTexts().inbox;
  const sentinel = useNearEnd(more === "available", onLoad);
  const isLoading = more === "loading";
  const press = () => {
    onPress();
    onLoad();
  };
  return (
    <div className="belfry-list__end" aria-busy={isLoading}>
      <div className="belfry-list__near-end" ref={sentinel} />
      {more === "error" && <p role="alert">{texts.moreError}</p>}
      {more === "none" ? (
        <p>{texts.thatsAll}</p>
      ) : (
        <button
          type="button"
          className="belfry-button"
          aria-disabled={isLoading}
          onClick={isLoading ? undefined : press}
        >
          {more === "error" ? texts.retry : isLoading ? texts.loading : texts.more}
        </button>
      )}
    </div>
  );
}

interface UndoLineProps {
  readonly notification: Notification;
  readonly onUndo: () => void;
}

/** In the place of a notification that was deleted, as long as it can be brought back. */
export function UndoLine({ notification, onUndo }: UndoLineProps) {
  const texts = useTexts();
  const title = nameOf(notification, texts.types);
  return (
    <div className="belfry-undo">
      <p className="belfry-undo__text">
        <span>{texts.inbox.removed}</span> <bdi>{title}</bdi>
      </p>
      <button
        type="button"
        className="belfry-button belfry-button--quiet"
        aria-label={texts.inbox.action({ action: texts.inbox.undo, title })}
        onClick={onUndo}
      >
        {texts.inbox.undo}
      </button>
    </div>
  );
}

/**
 * Calls when the end of a list comes into view.
 *
 * @param isArmed false while there is nothing to be done about it; armed again, it looks again
 * @returns for an element over the list's last part
 */
export function useNearEnd(isArmed: boolean, onNear: () => void): RefObject<HTMLDivElement | null> {
  const sentinel = useRef<HTMLDivElement>(null);
  const near = useStableCallback(onNear);
  useEffect(() => {
    if (!isArmed || !sentinel.current || !("IntersectionObserver" in window)) {
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        near();
      }
    });
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [isArmed, near]);
  return sentinel;
}
