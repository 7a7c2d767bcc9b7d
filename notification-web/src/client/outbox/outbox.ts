import { BackOff } from "../wire/backOff";
import { Refused, SignInRequired, Unreachable, type InboxApi } from "../rest/inboxApi";
import type { OwnChange } from "../inboxState";
import type { Numbers } from "../wire/notification";
import type { Pending } from "./ownChanges";
import type { QueueStore } from "./queueStore";
import type { Entry, Outcome, TabMessage, Tabs } from "../wire/tabs";

export interface OutboxEvents {
  /** What is pending is no longer the same. */
  changed(): void;
  /** @param isOwn it was made in this tab */
  settled(entry: Entry, outcome: Outcome, isOwn: boolean): void;
  failed(error: unknown): void;
}

/** So many settled entries are remembered, so that one that another tab submits late is not sent again. */
const REMEMBERED = 200;

/**
 * Own changes on their way to the api: sent one after the other in the order in which they were made, once, by the tab
 * that leads; kept while the api cannot be reached, over the end of the page too. In every tab `pending` is what is to be
 * shown as if it had happened.
 */
export class Outbox {
  private queue: Entry[] = [];
  /** Made in this tab, and not yet seen in the leader's queue. */
  private submitted: Entry[] = [];
  /** Answered, but the inbox has not come so far yet. */
  private answered: Pending[] = [];
  private readonly own = new Set<string>();
  private readonly done: string[] = [];
  private readonly backOff = new BackOff(1_000, 30_000);
  private isLeading = false;
  private isSending = false;
  private isOver = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: InboxApi,
    private readonly store: QueueStore,
    private readonly tabs: Tabs,
    private readonly events: OutboxEvents,
  ) {}

  get pending(): readonly Pending[] {
    const waiting = [...this.queue, ...this.submitted].map(({ id, change }) => ({ id, change, answeredSeq: null }));
    return [...this.answered, ...waiting];
  }

  /** Those of `pending` that the api has answered. */
  get answeredIds(): readonly string[] {
    return this.answered.map(({ id }) => id);
  }

  add(change: OwnChange): void {
    this.keep(change);
    void this.send();
  }

  /** As `add`, but for the next one who sends: this page goes, and has asked the api on its way out. */
  keep(change: OwnChange): void {
    const entry = { id: entryId(), change };
    this.own.add(entry.id);
    if (this.isLeading) {
      this.accept(entry);
    } else {
      this.submitted.push(entry);
      this.tabs.tell({ kind: "submit", entry });
    }
    this.events.changed();
  }

  /** This tab sends from now on. */
  lead(): void {
    this.isLeading = true;
    const stored = this.store.load();
    // What is no longer stored was answered to the former leader, and what came of it may still be on its way here.
    const unheard = this.queue.filter(({ id }) => !stored.some((entry) => entry.id === id));
    this.queue = [...unheard, ...stored];
    const taken = this.submitted;
    this.submitted = [];
    taken.forEach((entry) => {
      this.accept(entry);
    });
    this.tabs.tell({ kind: "queue", entries: this.queue, isNew: true });
    this.events.changed();
    void this.send();
  }

  /** The network or the sign-in may be back: nothing waits any longer. */
  wake(): void {
    clearTimeout(this.retry);
    this.backOff.reset();
    void this.send();
  }

  /** @returns whether the message was for the outbox */
  hear(message: TabMessage): boolean {
    switch (message.kind) {
      case "hello":
        if (this.isLeading) {
          this.tabs.tell({ kind: "queue", entries: this.queue, isNew: false });
        }
        return true;
      case "submit":
        if (this.isLeading) {
          this.accept(message.entry);
          void this.send();
          this.events.changed();
        }
        return true;
      case "queue":
        this.follow(message.entries, message.isNew);
        return true;
      case "settled":
        this.settle(message.entry, message.outcome);
        return true;
      default:
        return false;
    }
  }

  /** The inbox has come to `applied`: what it contains need not be shown on top of it any more. */
  drop(isContained: (pending: Pending) => boolean): void {
    this.answered = this.answered.filter((pending) => !isContained(pending));
  }

  /** The user signed out: what was not sent is nobody's business any more. */
  forget(): void {
    this.stop();
    this.queue = [];
    this.submitted = [];
    this.answered = [];
    this.store.save([]);
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.retry);
  }

  private accept(entry: Entry): void {
    if (this.done.includes(entry.id) || this.queue.some(({ id }) => id === entry.id)) {
      return;
    }
    this.queue.push(entry);
    this.store.save(this.queue);
    this.tabs.tell({ kind: "queue", entries: this.queue, isNew: false });
  }

  private follow(entries: readonly Entry[], isNew: boolean): void {
    if (this.isLeading) {
      return;
    }
    this.queue = entries.filter(({ id }) => !this.done.includes(id));
    this.submitted = this.submitted.filter((mine) => !entries.some(({ id }) => id === mine.id));
    if (isNew) {
      this.submitted.forEach((entry) => {
        this.tabs.tell({ kind: "submit", entry });
      });
    }
    this.events.changed();
  }

  private async send(): Promise<void> {
    if (!this.isLeading || this.isSending) {
      return;
    }
    this.isSending = true;
    clearTimeout(this.retry);
    for (let entry = this.queue[0]; entry && !this.isOver; entry = this.queue[0]) {
      const outcome = await this.attempt(entry);
      if (outcome === null) {
        break;
      }
      if (this.isOver) {
        // Another tab may lead by now, and have stored what this one does not know.
        this.store.save(this.store.load().filter(({ id }) => id !== entry.id));
        break;
      }
      this.backOff.reset();
      this.settle(entry, outcome);
      this.store.save(this.queue);
      this.tabs.tell({ kind: "settled", entry, outcome });
    }
    this.isSending = false;
  }

  /** @returns null when it has to wait */
  private async attempt({ change }: Entry): Promise<Outcome | null> {
    try {
      return { numbers: await this.request(change) };
    } catch (error) {
      if (error instanceof Refused) {
        return { refused: error.message };
      }
      if (error instanceof SignInRequired) {
        this.events.failed(error);
      } else if (!this.isOver) {
        const asked = error instanceof Unreachable ? (error.retryAfterMs ?? 0) : 0;
        this.retry = setTimeout(() => void this.send(), Math.max(asked, this.backOff.nextMs()));
      }
      return null;
    }
  }

  /** @returns numbers that contain the change */
  private async request(change: OwnChange): Promise<Numbers> {
    switch (change.kind) {
      case "read":
      case "unread":
        return this.api.setRead(change.id, change.kind === "read");
      case "all_read":
        return this.api.markAllRead(change.upTo);
      case "deleted":
        await this.remove(change.id);
        // The answer to it has no numbers, and without any nobody could tell from when on a page of a list, which may
        // have been on its way before, is without it.
        return this.api.unreadCount();
    }
  }

  private async remove(id: number): Promise<void> {
    try {
      await this.api.remove(id, false);
    } catch (error) {
      // Deleted before, here or elsewhere: what was wanted is so.
      if (!(error instanceof Refused && error.status === 404)) {
        throw error;
      }
    }
  }

  private settle(entry: Entry, outcome: Outcome): void {
    if (this.isOver || this.done.includes(entry.id)) {
      return;
    }
    this.done.push(entry.id);
    if (this.done.length > REMEMBERED) {
      this.done.shift();
    }
    const isOther = ({ id }: Entry) => id !== entry.id;
    this.queue = this.queue.filter(isOther);
    this.submitted = this.submitted.filter(isOther);
    if (!("refused" in outcome)) {
      this.answered.push({ ...entry, answeredSeq: outcome.numbers.seq });
    }
    this.events.settled(entry, outcome, this.own.delete(entry.id));
    this.events.changed();
  }
}

/** `crypto.randomUUID` is there in secure contexts only. */
function entryId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
