import { applyTo, type Change } from "./change";
import type { Notification } from "../wire/notification";

/** How many changes are remembered for pages that were on their way when they happened. */
const REMEMBERED = 500;

/**
 * All notifications of the inbox that this client knows, in the state of the last change that was applied. Lists are
 * parts of it, so that what is true in one is true in all.
 */
export class InboxItems {
  private readonly byId = new Map<number, Notification>();
  private log: { readonly seq: number; readonly change: Change }[] = [];
  /** The changes up to here are not remembered. */
  private forgottenTo = 0;

  get(id: number): Notification | undefined {
    return this.byId.get(id);
  }

  /** Newest first: those that entered at `floor` or later. */
  from(floor: number): Notification[] {
    return [...this.byId.values()]
      .filter((item) => item.added_seq >= floor)
      .sort((one, other) => other.added_seq - one.added_seq);
  }

  /** @param seq the number of the change, or of the answer that told it */
  apply(change: Change, seq: number): void {
    applyTo(this.byId, change);
    this.log.push({ seq, change });
    if (this.log.length > REMEMBERED) {
      this.forgottenTo = this.log.shift()?.seq ?? this.forgottenTo;
    }
  }

  /** Takes the place of everything: the first page of the whole list, and the history before it is of no interest. */
  replaceAll(rows: readonly Notification[], seq: number): void {
    this.byId.clear();
    this.log = [];
    this.forgottenTo = seq;
    rows.forEach((row) => this.byId.set(row.id, row));
  }

  /**
   * Adds rows of a page. It may be older than what is here: then what has happened since is done to its rows too. If it
   * is newer, the changes up to it are still to come, and do nothing more to them.
   *
   * @param seq of the page's answer
   * @returns false if what has happened since is not remembered: the page has to be asked for again
   */
  merge(rows: readonly Notification[], seq: number): boolean {
    if (seq < this.forgottenTo) {
      return false;
    }
    const page = new Map(rows.map((row) => [row.id, row]));
    for (const { seq: later, change } of this.log) {
      if (later > seq && change.kind !== "added") {
        applyTo(page, change);
      }
    }
    page.forEach((row, id) => this.byId.set(id, row));
    return true;
  }
}
