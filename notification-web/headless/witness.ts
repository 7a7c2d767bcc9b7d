import type { Notification } from "../src/client";
import { Wishes } from "./wishes";

/** So many are kept: the first ones say what is wrong. */
const KEPT = 20;

/**
 * Looks at everything that one page shows, and notes what no page may ever show: one notification twice, another order, one
 * announced twice, or something that its reader changed here as it was before.
 */
export class Witness {
  readonly violations: string[] = [];
  private readonly announced = new Set<number>();

  /** @param wishes what the reader did here before */
  constructor(readonly wishes = new Wishes()) {}

  sees(list: readonly Notification[]): void {
    const ids = new Set<number>();
    let above = Infinity;
    for (const { id, added_seq } of list) {
      if (ids.has(id)) {
        this.note(`${id} is shown twice`);
      } else if (added_seq >= above) {
        this.note(`${id} with ${added_seq} is shown below ${above}`);
      }
      ids.add(id);
      above = added_seq;
    }
    this.wishes.broken(list).forEach((violation) => {
      this.note(violation);
    });
  }

  hears(fresh: Notification): void {
    if (this.announced.has(fresh.id)) {
      this.note(`${fresh.id} is announced twice`);
    }
    this.announced.add(fresh.id);
  }

  counts(badge: number | null): void {
    if (badge !== null && !(badge >= 0)) {
      this.note(`the badge says ${badge}`);
    }
  }

  note(violation: string): void {
    if (this.violations.length < KEPT) {
      this.violations.push(violation);
    }
  }
}
