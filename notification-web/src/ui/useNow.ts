import { useSyncExternalStore } from "react";
import { serverClock } from "../client/wire/serverClock";

const MINUTE = 60_000;

const listeners = new Set<() => void>();
let now = serverClock.now();
let ticker: ReturnType<typeof setInterval> | undefined;
let stopHearing: () => void = () => {};

function tick(): void {
  now = serverClock.now();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (ticker === undefined) {
    now = serverClock.now();
    ticker = setInterval(tick, MINUTE);
    stopHearing = serverClock.onCorrection(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(ticker);
      stopHearing();
      ticker = undefined;
    }
  };
}

/** The server's time in ms since 1970, to the minute: one clock for all that ask, which stands while none does. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
