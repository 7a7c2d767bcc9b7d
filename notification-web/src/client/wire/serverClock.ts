import { Signal } from "../signal";

/** So far apart may two clocks be without being corrected: the way of an answer, and whole seconds of headers. */
const TOLERANCE_MS = 5_000;

const corrected = new Signal<undefined>();
/** The server's clock less this machine's, in ms. */
let ahead = 0;

/** What the server's clock says now, as far as it was heard: that of the reader's machine may be hours off. */
export const serverClock = {
  now: (): number => Date.now() + ahead,
  /** @param time RFC 3339, a `Date` header, or ms since 1970; what is no time is ignored */
  hear(time: string | number | null): void {
    const difference = new Date(time ?? NaN).getTime() - Date.now();
    if (Math.abs(difference - ahead) > TOLERANCE_MS) {
      ahead = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
      corrected.emit(undefined);
    }
  },
  /** @returns ends it */
  onCorrection: (listener: () => void): (() => void) => corrected.on(listener),
};
