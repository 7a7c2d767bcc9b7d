import { useLayoutEffect, useRef, useState, type FocusEvent, type RefObject } from "react";
import type { Notification } from "../../client/wire/notification";
import { focused } from "../../ui/focused";
import { partsOf, placeOf, rowAt, rowOf } from "./places";

/** Where the Tab key leads into a list. */
export interface Stop {
  /** Of a row that is in the document, wherever the reader has scrolled. */
  readonly place: number;
  /** It was out of the document, and has to be scrolled to. */
  readonly isSought: boolean;
}

export interface RowFocus {
  /** For the element that it looks after, which can take focus itself. */
  readonly props: {
    readonly ref: RefObject<HTMLDivElement | null>;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
  readonly stop: Stop;
  /** Gives the focus to the row at a place; beyond the ends to the first or the last. */
  readonly goTo: (place: number) => void;
  /** When there is a row at this place, it gets the focus, if nothing else has got it until then. */
  readonly moveTo: (place: number) => void;
}

const FIRST = { id: 0, isSought: false };

/**
 * Keeps the focus in a list whose rows come and go: when what had it vanishes, the row that is now in its place gets
 * it. Vanishing would leave it nowhere, and a reader with a keyboard would begin at the top of the page again.
 */
export function useRowFocus(entries: readonly Notification[]): RowFocus {
  const container = useRef<HTMLDivElement>(null);
  const last = useRef<{ readonly element: Element; readonly place: number } | null>(null);
  const wanted = useRef<number | null>(null);
  const [{ id: stopId, isSought }, setStop] = useState(FIRST);
  const place = Math.max(
    0,
    entries.findIndex(({ id }) => id === stopId),
  );

  const goTo = (wish: number) => {
    const near = Math.max(0, Math.min(wish, entries.length - 1));
    const entry = entries[near];
    const row = container.current && rowAt(container.current, near);
    if (row || !entry) {
      (row ? partsOf(row)[0] : container.current)?.focus();
    } else {
      setStop({ id: entry.id, isSought: true });
    }
  };

  useLayoutEffect(() => {
    const list = container.current;
    const active = focused();
    const sought = list && isSought ? rowAt(list, place) : null;
    if (sought) {
      partsOf(sought)[0]?.focus({ preventScroll: true });
    } else if (list && last.current) {
      const isLost = !last.current.element.isConnected && (active === document.body || active === null);
      const isThere = wanted.current !== null && wanted.current < entries.length;
      if (isThere && (isLost || active === last.current.element)) {
        const next = wanted.current ?? 0;
        wanted.current = null;
        goTo(next);
      } else if (isLost) {
        goTo(last.current.place);
      }
    }
  });

  return {
    props: {
      ref: container,
      onFocus: ({ target }) => {
        const row = rowOf(target);
        last.current = { element: target, place: row ? placeOf(row) : placeAfter(target, container.current) };
        const focused = row && entries[placeOf(row)];
        if (focused && (focused.id !== stopId || isSought)) {
          setStop({ id: focused.id, isSought: false });
        }
      },
      // That of an element that vanishes, of which Preact tells and React does not, leads nowhere, and a moment later it is gone.
      onBlur: ({ target, relatedTarget }) => {
        const forget = () => {
          last.current = null;
          wanted.current = null;
        };
        if (relatedTarget) {
          forget();
        } else {
          queueMicrotask(() => {
            if (target.isConnected && last.current?.element === target) {
              forget();
            }
          });
        }
      },
    },
    stop: { place, isSought },
    goTo,
    moveTo: (next) => {
      wanted.current = next;
    },
  };
}

/** Of the first row behind an element that is in none. */
function placeAfter(element: Element, list: Element | null): number {
  const isBehind = (row: Element) => element.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
  const rows = [...(list?.querySelectorAll<HTMLElement>("li[data-index]") ?? [])];
  const next = rows.find(isBehind);
  return next ? placeOf(next) : rows.length;
}
