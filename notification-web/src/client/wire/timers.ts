const BASE_MS = 1_000;
const CAP_MS = 30_000;

/**
 * Full jitter: each delay is drawn evenly between zero and a bound that doubles from 1 s up to 30 s.
 * See https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 */
export class BackOff {
  private attempts = 0;

  /** @param random from 0 to below 1 */
  constructor(private readonly random: () => number = Math.random) {}

  nextMs(): number {
    const bound = Math.min(CAP_MS, BASE_MS * 2 ** this.attempts);
    this.attempts = Math.min(this.attempts + 1, 30);
    return this.random() * bound;
  }

  reset(): void {
    this.attempts = 0;
  }
}

/** Timers by name; one that is set again begins anew. */
export class Timers {
  private readonly running = new Map<string, ReturnType<typeof setTimeout>>();

  set(name: string, ms: number, act: () => void): void {
    this.cancel(name);
    this.running.set(name, setTimeout(act, ms));
  }

  cancel(name: string): void {
    clearTimeout(this.running.get(name));
  }

  cancelAll(): void {
    this.running.forEach((timer) => clearTimeout(timer));
  }
}
