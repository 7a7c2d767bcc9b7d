import type { Pending } from "./ownChanges";

/** How long a removal can be undone. */
export const UNDO_MS = 5_000;

/** Removals that can still be undone. Each is passed on when its time is over. */
export class HeldRemovals {
  private readonly held = new Map<number, ReturnType<typeof setTimeout>>();

  /**
   * @param release takes one whose time is over
   * @param changed hears that `pending` is no longer the same
   */
  constructor(
    private readonly release: (id: number) => void,
    private readonly changed: () => void,
  ) {}

  get pending(): readonly Pending[] {
    return [...this.held.keys()].map((id) => ({
      id: `held-${id}`,
      change: { kind: "deleted", id },
      answeredSeq: null,
    }));
  }

  hold(id: number): void {
    if (!this.held.has(id)) {
      const timer = setTimeout(() => {
        this.held.delete(id);
        this.release(id);
      }, UNDO_MS);
      this.held.set(id, timer);
      this.changed();
    }
  }

  undo(id: number): void {
    clearTimeout(this.held.get(id));
    if (this.held.delete(id)) {
      this.changed();
    }
  }

  /** @returns those that were held, which are no longer */
  takeAll(): number[] {
    const ids = [...this.held.keys()];
    this.cancel();
    return ids;
  }

  cancel(): void {
    this.held.forEach((timer) => {
      clearTimeout(timer);
    });
    this.held.clear();
  }
}
