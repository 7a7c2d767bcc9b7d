/**
 * One tab of all that ask for the same name leads; when it closes, crashes or resigns, another does. By the Web Locks
 * API; without it, or where the browser refuses it, every tab leads.
 */
export class Leadership {
  private readonly withdrawal = new AbortController();
  private resignation: (() => void) | undefined;

  constructor(
    private readonly name: string,
    private readonly locks: LockManager | null,
  ) {}

  /** @param lead called once, when this tab leads, perhaps never */
  stand(lead: () => void): void {
    if (!this.locks) {
      lead();
      return;
    }
    const { signal } = this.withdrawal;
    const held = () => {
      lead();
      return new Promise<void>((resign) => {
        this.resignation = resign;
      });
    };
    this.locks.request(this.name, { signal }, held).catch(() => {
      if (!signal.aborted && !this.resignation) {
        lead();
      }
    });
  }

  resign(): void {
    this.withdrawal.abort();
    this.resignation?.();
  }
}

/** Null where the browser has none, or refuses them. */
export function browserLocks(): LockManager | null {
  try {
    return (navigator as { readonly locks?: LockManager }).locks ?? null;
  } catch {
    return null;
  }
}
