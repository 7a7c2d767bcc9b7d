/** The least and the most that is left of a token's life when a newer one is asked for. */
const MARGIN_MS = { least: 5_000, most: 60_000 };
const RETRY_MS = 5_000;
/** Longer delays than this end at once in browsers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Says when to renew the token of a live socket: some random time before its end, by the server's clock. */
export class TokenRenewal {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The server's clock less ours, in ms. */
  private ahead = 0;

  constructor(
    private readonly random: () => number = Math.random,
    private readonly renew: () => void,
  ) {}

  /** @param serverTime now, as the server has it; absent = as far from ours as when it was last told */
  plan(expiresAt: string, serverTime?: string): void {
    if (serverTime !== undefined) {
      this.ahead = Date.parse(serverTime) - Date.now();
    }
    const life = Date.parse(expiresAt) - (Date.now() + this.ahead);
    const margin = Math.min(MARGIN_MS.most, Math.max(MARGIN_MS.least, life / 5));
    this.after(life - margin * (1 + this.random() / 2));
  }

  tryAgain(): void {
    this.after(RETRY_MS);
  }

  cancel(): void {
    clearTimeout(this.timer);
  }

  private after(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.renew, Math.min(LONGEST_TIMER_MS, Math.max(0, ms)));
  }
}
