/**
 * Lets news through as long as they are few. In a storm, more than so many within a time, it lets none through until it
 * is over: those that are held off count too.
 */
export class StormGuard {
  /** When the last ones came, oldest first; never more than `limit`. */
  private readonly arrivals: number[] = [];

  /**
   * @param limit how many may come within `windowMs`
   */
  constructor(
    private readonly limit = 6,
    private readonly windowMs = 10_000,
  ) {}

  /** @param nowMs when one more came, on a clock that does not go back */
  admits(nowMs: number): boolean {
    this.arrivals.push(nowMs);
    if (this.arrivals.length <= this.limit) {
      return true;
    }
    const before = this.arrivals.shift() ?? -Infinity;
    return nowMs - before >= this.windowMs;
  }
}
