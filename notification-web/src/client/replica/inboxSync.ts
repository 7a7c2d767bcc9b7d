import { BackOff } from "../wire/backOff";
import type { InboxApi, ListAnswer } from "../rest/inboxApi";
import type { Numbers } from "../wire/notification";
import type { Page } from "../wire/page";
import type { InboxReplica } from "./replica";

export interface SyncEvents {
  /** The first page of the whole list is asked for now. */
  listing(): void;
  /** The first page of the whole list was taken. */
  listed(answer: ListAnswer): void;
  /** The first page could not be had; it is asked for again by itself. */
  listFailed(): void;
  /** The replica may have changed. */
  changed(): void;
  /** The api just said that nothing is missing. */
  confirmed(): void;
  failed(error: unknown): void;
}

/** How long frames may take to fill a hole, before as much again of jitter. */
const HOLE_MS = 300;
/** How long after somebody came back the next greeting is theirs. */
const AWAITED_MS = 30_000;
/** As the contract has it, until a gateway says otherwise. */
const CHECK_SECONDS = 60;

/**
 * Asks the api what the replica needs to know, when the client's rule says so: the list, what changed after a hole, and
 * from time to time, while somebody looks, whether anything was lost in silence.
 */
export class InboxSync {
  private readonly again: BackOff;
  private stopListening: () => void = () => {};
  private checkMs = CHECK_SECONDS * 1000;
  private hole: ReturnType<typeof setTimeout> | undefined;
  private nextTry: ReturnType<typeof setTimeout> | undefined;
  private nextCheck: ReturnType<typeof setTimeout> | undefined;
  private isChecking = false;
  /** Until then a greeting is one that somebody waits for, in ms since 1970. */
  private awaitedUntil = 0;
  private wasHere: boolean;
  private isStopped = false;

  constructor(
    private readonly replica: InboxReplica,
    private readonly api: InboxApi,
    private readonly page: Page,
    private readonly events: SyncEvents,
    private readonly random: () => number = Math.random,
  ) {
    this.again = new BackOff(1_000, 30_000, random);
    this.wasHere = page.visible && page.online;
  }

  start(): void {
    this.stopListening = this.page.onChange(() => {
      const isHere = this.page.visible && this.page.online;
      if (isHere && !this.wasHere) {
        this.tryNow();
      }
      this.wasHere = isHere;
    });
    this.checkIn(this.checkMs);
    this.plan();
  }

  stop(): void {
    this.isStopped = true;
    this.stopListening();
    [this.hole, this.nextTry, this.nextCheck].forEach((timer) => {
      clearTimeout(timer);
    });
  }

  /** After anything that may have changed what the replica needs. */
  plan(): void {
    if (this.isStopped || this.nextTry !== undefined) {
      return;
    }
    if (this.replica.question === "list") {
      void this.askList();
    } else if (this.replica.question === "changes" && this.hole === undefined) {
      const { applied } = this.replica;
      this.hole = setTimeout(
        () => {
          this.lookAtHole(applied);
        },
        HOLE_MS * (1 + this.random()),
      );
    }
  }

  /**
   * A gateway's greeting.
   *
   * @param hint the inbox's numbers, when it knew some: no frame will bring what is missing up to there. That nothing is
   *     missing it does not tell: they may be old
   */
  welcomed(checkSeconds: number, hint: Numbers | null): void {
    this.checkMs = checkSeconds * 1000;
    if (hint) {
      this.replica.hear(hint);
    }
    const isBehind = hint !== null && this.replica.question === "changes";
    if (isBehind) {
      void this.askChanges();
    } else {
      this.plan();
    }
    if (Date.now() < this.awaitedUntil) {
      void this.check();
    } else {
      // At a random moment: thousands may have lost the same gateway. What is asked for above tells more than a check.
      this.checkIn(isBehind ? this.checkMs : (this.random() * this.checkMs) / 2);
    }
    this.awaitedUntil = 0;
  }

  /** Somebody came back to look, or the network did: now, and again when the socket is there, which missed what was between. */
  tryNow(): void {
    this.awaitNews();
    clearTimeout(this.nextTry);
    this.nextTry = undefined;
    this.again.reset();
    if (this.replica.question === "list") {
      this.plan();
    } else {
      void this.check();
    }
  }

  /** The next greeting comes for a reason of this page's own, not with those of thousands: it is followed by a check. */
  awaitNews(): void {
    this.awaitedUntil = Date.now() + AWAITED_MS;
  }

  private lookAtHole(appliedBefore: number): void {
    this.hole = undefined;
    if (this.replica.question === "changes" && this.replica.applied === appliedBefore) {
      void this.askChanges();
    } else {
      this.plan();
    }
  }

  private async askChanges(): Promise<void> {
    this.replica.asked();
    const { applied, epoch } = this.replica;
    await this.ask(async () => {
      this.replica.changesAnswered(await this.api.changes(applied, epoch ?? ""));
    });
  }

  private async askList(): Promise<void> {
    this.replica.asked();
    await this.ask(async () => {
      this.events.listing();
      const answer = await this.api.list({});
      this.replica.listAnswered(answer);
      this.events.listed(answer);
    });
  }

  private async ask(question: () => Promise<void>): Promise<void> {
    try {
      await question();
      this.again.reset();
      this.answered();
    } catch (error) {
      this.failed(error);
    }
  }

  private async check(): Promise<void> {
    clearTimeout(this.nextCheck);
    if (this.isChecking || this.isStopped) {
      return;
    }
    this.isChecking = true;
    const { applied } = this.replica;
    try {
      this.replica.checked(await this.api.unreadCount(), applied);
      this.answered();
    } catch (error) {
      if (!this.isStopped) {
        this.events.failed(error);
      }
    } finally {
      this.isChecking = false;
      this.checkIn(this.checkMs);
    }
  }

  private checkIn(ms: number): void {
    clearTimeout(this.nextCheck);
    if (!this.isStopped) {
      this.nextCheck = setTimeout(() => {
        if (this.page.visible && this.replica.loaded) {
          void this.check();
        } else {
          this.checkIn(this.checkMs);
        }
      }, ms);
    }
  }

  private answered(): void {
    if (this.isStopped) {
      return;
    }
    this.events.changed();
    if (this.replica.isWhole) {
      this.events.confirmed();
    }
    this.plan();
  }

  private failed(error: unknown): void {
    if (this.isStopped) {
      return;
    }
    const wasList = !this.replica.loaded;
    this.nextTry = setTimeout(() => {
      this.nextTry = undefined;
      this.plan();
    }, this.again.nextMs());
    this.replica.failed();
    this.events.changed();
    if (wasList) {
      this.events.listFailed();
    }
    this.events.failed(error);
  }
}
