import type { Notification } from "../wire/notification";
import { applyTo, type Change } from "./change";

/** How many changes are remembered for pages that were on their way when they happened. */
const REMEMBERED = 500;

interface Logged {
  /** The number of the change, or of the answer that told it. */
  readonly seq: number;
  readonly change: Change;
}

/**
 * All notifications of the inbox that this client knows, in the state of the last change that was applied. Lists are
 * parts of it, so that what is true in one is true in all. Never changed: each change makes a new one.
 */
export class InboxItems {
  static readonly none = new InboxItems(new Map(), [], 0);

  private sorted: readonly Notification[] | null = null;

  /** @param forgottenTo the changes up to here are not in the log */
  private constructor(
    private readonly byId: ReadonlyMap<number, Notification>,
    private readonly log: readonly Logged[],
    private readonly forgottenTo: number,
  ) {}

  /** The first page of the whole list; the history before it is of no interest. */
  static of(rows: readonly Notification[], seq: number): InboxItems {
    return new InboxItems(new Map(rows.map((row) => [row.id, row])), [], seq);
  }

  get(id: number): Notification | undefined {
    return this.byId.get(id);
  }

  /** Newest first: those that entered at `floor` or later. */
  from(floor: number): readonly Notification[] {
    // Once for all lists.
    this.sorted ??= [...this.byId.values()].sort((one, other) => other.added_seq - one.added_seq);
    return (this.sorted.at(-1)?.added_seq ?? 0) >= floor
      ? this.sorted
      : this.sorted.filter((item) => item.added_seq >= floor);
  }

  /** @param changes in the order of their numbers */
  with(changes: readonly Logged[]): InboxItems {
    const byId = new Map(this.byId);
    changes.forEach(({ change }) => applyTo(byId, change));
    const log = [...this.log, ...changes];
    const forgotten = log.splice(0, Math.max(0, log.length - REMEMBERED));
    return new InboxItems(byId, log, forgotten.at(-1)?.seq ?? this.forgottenTo);
  }

  /**
   * With rows of a page. It may be older than what is here: then what has happened since is done to its rows too. If it
   * is newer, the changes up to it are still to come, and do nothing more to them.
   *
   * @param seq of the page's answer
   * @returns null if what has happened since is not remembered: the page has to be asked for again
   */
  withPage(rows: readonly Notification[], seq: number): InboxItems | null {
    if (seq < this.forgottenTo) {
      return null;
    }
    const page = new Map(rows.map((row) => [row.id, row]));
    for (const { seq: later, change } of this.log) {
      if (later > seq && change.kind !== "added") {
        applyTo(page, change);
      }
    }
    return new InboxItems(new Map([...this.byId, ...page]), this.log, this.forgottenTo);
  }
}
