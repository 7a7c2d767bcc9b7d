import { useEffect, useSyncExternalStore } from "react";
import { Signal } from "../client/signal";
import type { Notification } from "../client/wire/notification";

// What the parts on one page know of each other, so that none says what another shows.

let openBells = 0;
const changed = new Signal<undefined>();

function count(change: 1 | -1): void {
  openBells += change;
  changed.emit(undefined);
}

/** Tells the others that a bell's list is open. */
export function useOpenBell(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) {
      return;
    }
    count(1);
    return () => count(-1);
  }, [isOpen]);
}

const subscribe = (listener: () => void) => changed.on(listener);

export const isBellOpen = (): boolean => openBells > 0;

export const useIsBellOpen = (): boolean => useSyncExternalStore(subscribe, isBellOpen, isBellOpen);

/** Those that a toast shows, which screen readers read out. */
export const toasted = new WeakSet<Notification>();
