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
    if (this.forget(id)) {
      this.changed();
    }
  }

  /** Passes all on now. Each is held until it is: at no moment would one be shown again. */
  releaseAll(release: (id: number) => void): void {
    for (const id of [...this.held.keys()]) {
      release(id);
      this.forget(id);
    }
  }

  cancel(): void {
    this.held.forEach((timer) => {
      clearTimeout(timer);
    });
    this.held.clear();
  }

  private forget(id: number): boolean {
    clearTimeout(this.held.get(id));
    return this.held.delete(id);
  }
}
