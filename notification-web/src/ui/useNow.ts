import { useSyncExternalStore } from "react";
import { Signal } from "../client/signal";
import { serverClock } from "../client/wire/serverClock";

const MINUTE = 60_000;

const changed = new Signal<undefined>();
let now = serverClock.now();
let ticker: ReturnType<typeof setInterval> | undefined;
let stopHearing: () => void = () => {};

function tick(): void {
  now = serverClock.now();
  changed.emit(undefined);
}

function subscribe(listener: () => void): () => void {
  const end = changed.on(listener);
  if (ticker === undefined) {
    now = serverClock.now();
    ticker = setInterval(tick, MINUTE);
    stopHearing = serverClock.onCorrection(tick);
  }
  return () => {
    end();
    if (!changed.hasListeners) {
      clearInterval(ticker);
      stopHearing();
      ticker = undefined;
    }
  };
}

const current = () => now;

/** The server's time in ms since 1970, to the minute: one clock for all that ask, which stands while none does. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current, current);
}
