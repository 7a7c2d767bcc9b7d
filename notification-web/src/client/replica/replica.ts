import { changeOf, type Change } from "./change";
import type { InboxFrame } from "../wire/frames";
import type { ChangesAnswer, ListAnswer } from "../rest/inboxApi";
import { InboxItems } from "./items";
import type { Numbers } from "../wire/notification";

/** What to ask the api next: nothing; what changed after `applied`, once frames had time to tell it; the first page. */
export type Question = "none" | "changes" | "list";

/**
 * A copy of one inbox, kept by the client's rule of the contract (docs/protocol.md). Two numbers: `shown`, the highest
 * heard at any door, whose `unread` is the badge; and `applied`, up to which the items are whole. `applied` moves by the
 * frame after it, and by an answer of `changes` or of the first page; by nothing else. Frames further ahead wait here.
 *
 * No sockets, no clocks: whoever owns it brings what is heard and asks what it says.
 */
export class InboxReplica {
  readonly items = new InboxItems();
  private waiting = new Map<number, InboxFrame>();
  private currentEpoch: string | null = null;
  private shownSeq = 0;
  private shownUnread: number | null = null;
  private appliedSeq = 0;
  private isLoaded = false;
  private isAsking = false;

  /** @param onFrame hears of each change that a frame brought in its turn, which means that it happened just now */
  constructor(private readonly onFrame: (change: Change) => void = () => {}) {}

  get shown(): number {
    return this.shownSeq;
  }

  /** The badge; null before anything was heard. */
  get unread(): number | null {
    return this.shownUnread;
  }

  get applied(): number {
    return this.appliedSeq;
  }

  /** Null before anything was heard. */
  get epoch(): string | null {
    return this.currentEpoch;
  }

  /** Whether the first page has been taken, so that `items` mean something. */
  get loaded(): boolean {
    return this.isLoaded;
  }

  /** Nothing is missing, as far as was heard. */
  get isWhole(): boolean {
    return this.isLoaded && this.shownSeq <= this.appliedSeq;
  }

  get question(): Question {
    if (this.isAsking) {
      return "none";
    }
    if (!this.isLoaded) {
      return "list";
    }
    return this.isWhole ? "none" : "changes";
  }

  frame(frame: InboxFrame): void {
    this.hear(frame);
    if (frame.seq > this.appliedSeq) {
      this.waiting.set(frame.seq, frame);
      this.applyWaiting();
    }
  }

  /** Numbers from any door: a frame, the answer to an own change, the hint in `welcome`. Late ones do no harm. */
  hear(numbers: Numbers): void {
    if (this.currentEpoch !== null && this.currentEpoch !== numbers.epoch) {
      this.forget();
    }
    this.currentEpoch = numbers.epoch;
    if (numbers.seq > this.shownSeq || this.shownUnread === null) {
      this.shownSeq = numbers.seq;
      this.shownUnread = numbers.unread;
    }
  }

  /**
   * The answer of `unread_count`, or of any question that was asked when `applied` was `appliedWhenAsked`. Being below
   * that means that the database went back in time without saying so.
   */
  checked(numbers: Numbers, appliedWhenAsked: number): void {
    if (numbers.seq < appliedWhenAsked && numbers.epoch === this.currentEpoch) {
      this.forget();
    }
    this.hear(numbers);
  }

  /** A question is under way: until it is answered or has failed, frames are kept and none is applied. */
  asked(): void {
    this.isAsking = true;
  }

  failed(): void {
    this.isAsking = false;
    this.applyWaiting();
  }

  /** The first page of the whole list. */
  listAnswered(answer: ListAnswer): void {
    this.isAsking = false;
    if (answer.epoch !== this.currentEpoch) {
      this.forget();
      this.currentEpoch = answer.epoch;
    }
    this.items.replaceAll(answer.notifications, answer.seq);
    this.isLoaded = true;
    this.appliedSeq = answer.seq;
    this.hear(answer);
    this.applyWaiting();
  }

  changesAnswered(answer: ChangesAnswer): void {
    this.isAsking = false;
    if (answer.reset || answer.epoch !== this.currentEpoch || answer.seq < this.appliedSeq) {
      this.forget();
      this.currentEpoch = answer.epoch;
      return;
    }
    this.apply({ kind: "present", notifications: answer.notifications, deleted: answer.deleted }, answer.seq);
    this.hear(answer);
    this.applyWaiting();
  }

  /** The items stay to be looked at until the first page replaces them. */
  private forget(): void {
    this.isLoaded = false;
    this.shownSeq = 0;
    this.shownUnread = null;
    this.appliedSeq = 0;
    this.waiting.clear();
  }

  private applyWaiting(): void {
    if (this.isAsking || !this.isLoaded) {
      return;
    }
    for (const seq of this.waiting.keys()) {
      if (seq <= this.appliedSeq) {
        this.waiting.delete(seq);
      }
    }
    for (let next = this.waiting.get(this.appliedSeq + 1); next; next = this.waiting.get(this.appliedSeq + 1)) {
      this.waiting.delete(next.seq);
      const change = changeOf(next);
      if (change === null) {
        return;
      }
      this.apply(change, next.seq);
      this.onFrame(change);
    }
  }

  private apply(change: Change, seq: number): void {
    this.items.apply(change, seq);
    this.appliedSeq = seq;
  }
}
