import { useEffect, type RefObject } from "react";
import { focused } from "../../ui/focused";
import { useStableCallback } from "../../ui/useStableCallback";
import { partsOf, placeOf, rowOf } from "./places";

/** What the keys do to the row that has the focus. */
export interface ListCommands {
  readonly goTo: (place: number) => void;
  readonly markRead: (place: number) => void;
  readonly markUnread: (place: number) => void;
  readonly remove: (place: number) => void;
  readonly toggleHelp: () => void;
}

/** How far PageUp and PageDown go. */
const PAGE = 8;

/**
 * A list is one stop of the Tab key, whatever its length: arrows lead from row to row, and along what one row has. The
 * letters work while the focus is in the list, and nowhere else.
 *
 * @param container what the rows are in
 */
export function useListKeys(container: RefObject<HTMLElement | null>, commands: ListCommands): void {
  const press = useStableCallback((event: KeyboardEvent) => {
    const row = rowOf(event.target as Element);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const place = placeOf(row);
    const command = {
      ArrowDown: () => commands.goTo(place + 1),
      ArrowUp: () => commands.goTo(place - 1),
      PageDown: () => commands.goTo(place + PAGE),
      PageUp: () => commands.goTo(place - PAGE),
      Home: () => commands.goTo(0),
      End: () => commands.goTo(Infinity),
      ArrowRight: () => beside(row, true)?.focus(),
      ArrowLeft: () => beside(row, false)?.focus(),
      e: () => commands.markRead(place),
      u: () => commands.markUnread(place),
      Delete: () => commands.remove(place),
      "?": commands.toggleHelp,
      "/": () => filterOf(row)?.focus(),
    }[event.key];
    if (command) {
      event.preventDefault();
      command();
    }
  });
  useEffect(() => {
    const list = container.current;
    list?.addEventListener("keydown", press);
    return () => list?.removeEventListener("keydown", press);
  }, [container, press]);
}

function beside(row: HTMLElement, isRight: boolean): HTMLElement | undefined {
  const parts = partsOf(row);
  const isForward = isRight === (getComputedStyle(row).direction !== "rtl");
  const at = parts.findIndex((part) => part === focused()) + (isForward ? 1 : -1);
  return parts[Math.max(0, Math.min(at, parts.length - 1))];
}

/** What decides which rows there are. */
function filterOf(row: Element): HTMLElement | null {
  const around = row.closest(".belfry-popup, .belfry-history");
  return around?.querySelector<HTMLElement>(".belfry-chip, .belfry-filters select, [role=tab]") ?? null;
}
