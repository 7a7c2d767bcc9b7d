const LIMIT = 6;
const WINDOW_MS = 10_000;

/**
 * Lets news through as long as they are few. In a storm, more than so many within a time, it lets none through until it
 * is over: those that are held off count too.
 */
export class StormGuard {
  /** When the last ones came, oldest first; never more than the limit. */
  private readonly arrivals: number[] = [];

  /** @param nowMs when one more came, on a clock that does not go back */
  admits(nowMs: number): boolean {
    this.arrivals.push(nowMs);
    if (this.arrivals.length <= LIMIT) {
      return true;
    }
    const before = this.arrivals.shift() ?? -Infinity;
    return nowMs - before >= WINDOW_MS;
  }
}
