import type { Notification } from "../src/client";

/** So many are kept: the first ones say what is wrong. */
const KEPT = 20;

/** What the load profile last did to each notification, which no other device changes. */
export class LastActs {
  private readonly byId = new Map<number, "read" | "unread" | "deleted">();

  record(act: "read" | "unread" | "deleted", ids: readonly number[]): void {
    ids.forEach((id) => this.byId.set(id, act));
  }

  /** All were read in another page: what was made unread here may be read now. */
  forgetUnread(): void {
    const unread = [...this.byId].filter(([, act]) => act === "unread");
    unread.forEach(([id]) => this.byId.delete(id));
  }

  /** @returns in words, what of this list is not as it was made */
  broken(list: readonly Notification[]): string[] {
    return list.flatMap(({ id, is_read }) => {
      const act = this.byId.get(id);
      const isKept = act === undefined || (act !== "deleted" && (act === "read") === is_read);
      return isKept ? [] : [`${id} was made ${act}, and is shown ${is_read ? "read" : "unread"}`];
    });
  }
}

/**
 * Looks at everything that one page shows, and notes what no page may ever show: one notification twice, another order, one
 * announced twice, or what was changed here as it was before.
 */
export class Witness {
  readonly violations: string[] = [];
  private readonly announced = new Set<number>();

  /** @param acts what was done here before */
  constructor(readonly acts = new LastActs()) {}

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
    this.acts.broken(list).forEach((violation) => this.note(violation));
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
