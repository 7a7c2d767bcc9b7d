import { focused } from "../../ui/focused";
import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

export interface FocusKeeper {
  /** For the element that it looks after, which can take focus itself. */
  readonly props: {
    readonly ref: RefObject<HTMLDivElement | null>;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
  /** When there is an item at this place, it gets the focus, if nothing else has got it until then. */
  readonly moveTo: (place: number) => void;
}

/**
 * Keeps the focus in a list whose items come and go: when what had it vanishes, the item that is now in its place gets
 * it. Vanishing would leave it nowhere, and a reader with a keyboard would begin at the top of the page again.
 */
export function useFocusKeeper(): FocusKeeper {
  const container = useRef<HTMLDivElement>(null);
  const last = useRef<{ readonly element: Element; readonly place: number } | null>(null);
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const list = container.current;
    const active = focused();
    if (!list || !last.current) {
      return;
    }
    const isLost = !last.current.element.isConnected && (active === document.body || active === null);
    const place = wanted.current ?? last.current.place;
    const items = itemsOf(list);
    if (wanted.current !== null && items[wanted.current] && (isLost || active === last.current.element)) {
      wanted.current = null;
      focusItem(items[place] ?? list);
    } else if (isLost) {
      focusItem(items[place] ?? items.at(-1) ?? list);
    }
  });

  return {
    props: {
      ref: container,
      onFocus: ({ target }) => {
        const items = container.current ? itemsOf(container.current) : [];
        last.current = { element: target, place: items.filter((item) => isBefore(item, target)).length };
      },
      // That of an element that vanishes, of which Preact tells and React does not, leads nowhere, and a moment later it is gone.
      onBlur: ({ target, relatedTarget }) => {
        if (relatedTarget) {
          last.current = null;
          wanted.current = null;
        } else {
          queueMicrotask(() => {
            if (target.isConnected && last.current?.element === target) {
              last.current = null;
              wanted.current = null;
            }
          });
        }
      },
    },
    moveTo: (place) => {
      wanted.current = place;
    },
  };
}

function itemsOf(list: Element): Element[] {
  return [...list.querySelectorAll("li")];
}

/** Whether an item ends before an element begins. */
function isBefore(item: Element, element: Element): boolean {
  const position = item.compareDocumentPosition(element);
  return Boolean(position & Node.DOCUMENT_POSITION_FOLLOWING) && !item.contains(element);
}

function focusItem(item: Element): void {
  const target = item.matches("li") ? item.querySelector<HTMLElement>("a[href], button") : (item as HTMLElement);
  target?.focus();
}
