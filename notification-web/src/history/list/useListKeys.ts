import { useEffect, useLayoutEffect, useRef } from "react";
import { focused } from "../../ui/focused";
import { useStableCallback } from "../../ui/useStableCallback";

/** What the keys do to the item that has the focus. */
export interface ListCommands {
  readonly markRead: (place: number) => void;
  readonly markUnread: (place: number) => void;
  readonly remove: (place: number) => void;
  readonly toggleHelp: () => void;
}

/** How far PageUp and PageDown go. */
const PAGE = 8;

/**
 * A list is one stop of the Tab key, whatever its length: arrows lead from item to item, and along what one item has. The
 * letters work while the focus is in the list, and nowhere else.
 *
 * @param container what the items, each an `li`, are in
 */
export function useListKeys(container: { readonly current: HTMLElement | null }, commands: ListCommands): void {
  /** Where the Tab key leads; of a list of thousands nothing else is touched. */
  const stop = useRef<HTMLElement>(null);

  const stopAt = useStableCallback((part: HTMLElement | null | undefined) => {
    if (part && part !== stop.current) {
      if (stop.current) {
        stop.current.tabIndex = -1;
      }
      part.tabIndex = 0;
      stop.current = part;
    }
  });
  const press = useStableCallback((event: KeyboardEvent, item: HTMLElement, items: HTMLElement[]) => {
    const place = items.indexOf(item);
    const command = {
      e: () => commands.markRead(place),
      u: () => commands.markUnread(place),
      Delete: () => commands.remove(place),
      "?": commands.toggleHelp,
      "/": () => filterOf(item)?.focus(),
    }[event.key];
    const target = targetOf(event.key, items, place);
    if (target ?? command) {
      event.preventDefault();
      target?.focus();
      command?.();
    }
  });

  useLayoutEffect(() => {
    if (!stop.current?.isConnected) {
      stopAt(container.current?.querySelector<HTMLElement>("li :is(a[href], button)"));
    }
  });
  useEffect(() => {
    const list = container.current;
    if (!list) {
      return;
    }
    const itemOf = (event: Event) => (event.target as Element).closest("li");
    const onFocus = (event: Event) => {
      const item = itemOf(event);
      if (item) {
        stopAt(partsOf(item)[0]);
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const item = itemOf(event);
      if (item && !event.ctrlKey && !event.metaKey && !event.altKey) {
        press(event, item, itemsOf(list));
      }
    };
    list.addEventListener("focusin", onFocus);
    list.addEventListener("keydown", onKeyDown);
    return () => {
      list.removeEventListener("focusin", onFocus);
      list.removeEventListener("keydown", onKeyDown);
    };
  }, [container, stopAt, press]);
}

/** Where a key leads from an item; undefined = nowhere. */
function targetOf(key: string, items: readonly HTMLElement[], place: number): HTMLElement | undefined {
  const last = items.length - 1;
  const first = (next: number) => {
    const item = items[Math.max(0, Math.min(next, last))];
    return item && partsOf(item)[0];
  };
  switch (key) {
    case "ArrowDown":
      return first(place + 1);
    case "ArrowUp":
      return first(place - 1);
    case "PageDown":
      return first(place + PAGE);
    case "PageUp":
      return first(place - PAGE);
    case "Home":
      return first(0);
    case "End":
      return first(last);
    case "ArrowRight":
    case "ArrowLeft":
      return beside(items[place], key === "ArrowRight");
    default:
      return undefined;
  }
}

function beside(item: HTMLElement | undefined, isRight: boolean): HTMLElement | undefined {
  if (!item) {
    return undefined;
  }
  const parts = partsOf(item);
  const isForward = isRight === (getComputedStyle(item).direction !== "rtl");
  const at = parts.findIndex((part) => part === focused()) + (isForward ? 1 : -1);
  return parts[Math.max(0, Math.min(at, parts.length - 1))];
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll("li")];
}

function partsOf(item: HTMLElement): HTMLElement[] {
  return [...item.querySelectorAll<HTMLElement>("a[href], button")];
}

/** What decides which items there are. */
function filterOf(item: Element): HTMLElement | null {
  const around = item.closest(".belfry-popup, .belfry-history");
  return around?.querySelector<HTMLElement>(".belfry-chip, .belfry-filters select, [role=tab]") ?? null;
}
