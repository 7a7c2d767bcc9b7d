import { vi } from "vitest";

const SECOND = 1_000;
const MINUTE = 60_000;
/** From this timer on, in a row of timers that set each other, a browser lets them fire once a minute. */
const THROTTLED = 5;

/**
 * Gives the page the timers of a tab that has been hidden for five minutes, as Chromium has them: they fire at whole
 * seconds, and in a long row of timers that set each other at whole minutes. What a socket brings begins a new row. On top
 * of fake timers; `vi.unstubAllGlobals` shows the tab again.
 */
export function hideTab(): void {
  const setTimer = globalThis.setTimeout;
  let running = 0;
  vi.stubGlobal("setTimeout", (act: () => void, ms = 0) => {
    const row = running + 1;
    const grain = row >= THROTTLED ? MINUTE : SECOND;
    const due = Math.ceil((Date.now() + ms) / grain) * grain;
    return setTimer(() => {
      running = row;
      try {
        act();
      } finally {
        running = 0;
      }
    }, due - Date.now());
  });
}
