import { BackOff } from "../wire/timers";
import { matches, takeRows, viewFrom, type Ground } from "./ground";
import type { InboxFilter, ListAnswer } from "../rest/inboxApi";
import type { InboxList, ListSnapshot } from "../inboxState";
import { Signal } from "../signal";
import type { Notification } from "../wire/notification";

const LOADING: ListSnapshot = { state: "loading", notifications: [], more: "none" };

/**
 * The newest so many notifications that a filter lets through. The api gives them page by page; from then on the list is
 * whatever the inbox's items have from its oldest one on, so it follows every change without asking.
 */
export class LiveList implements InboxList {
  private readonly changed = new Signal<undefined>();
  private readonly again = new BackOff();
  private current = LOADING;
  /** The oldest that it reaches down to; null = not loaded. */
  private floor: number | null = null;
  private next: string | null = null;
  private isAsking = false;
  private hasFailed = false;
  private moreFailed = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to what was asked before it began anew are not for it. */
  private generation = 0;

  /** @param isWhole it is the list without a filter, whose first page the client's rule asks for */
  constructor(
    private readonly filter: InboxFilter,
    private readonly ground: Ground,
    private readonly isWhole: boolean,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    const end = this.changed.on(listener);
    this.loadFirst();
    return end;
  };

  readonly snapshot = (): ListSnapshot => this.current;

  readonly loadMore = (): void => {
    if (this.next !== null && !this.isAsking) {
      void this.ask(this.ground.api.page(this.next));
    }
  };

  readonly retry = (): void => {
    if (this.floor !== null) {
      if (this.moreFailed) {
        this.loadMore();
      }
    } else if (this.isWhole || !this.ground.model().replica.isLoaded) {
      this.hasFailed = false;
      this.refresh();
      this.ground.take({ type: "returned" });
    } else {
      this.loadFirst();
    }
  };

  /** Forgets how far it reached: its first page is asked for again if it has a subscriber. */
  begin(): void {
    this.generation++;
    clearTimeout(this.retryTimer);
    this.floor = this.next = null;
    this.isAsking = this.hasFailed = this.moreFailed = false;
    this.refresh();
    if (this.changed.hasListeners) {
      this.loadFirst();
    }
  }

  /** The first page has come, and its rows are taken. */
  begun(answer: ListAnswer): void {
    this.generation++;
    this.isAsking = false;
    this.reached(answer);
  }

  /** The whole list's first page could not be had. */
  failed(): void {
    this.hasFailed ||= this.floor === null;
    this.refresh();
  }

  /** Something in the inbox changed. */
  refresh(): void {
    const snapshot = this.look();
    const { state, more, notifications } = this.current;
    if (snapshot.state !== state || snapshot.more !== more || !areSame(snapshot.notifications, notifications)) {
      this.current = snapshot;
      this.changed.emit(undefined);
    }
  }

  stop(): void {
    this.generation++;
    clearTimeout(this.retryTimer);
  }

  private loadFirst(): void {
    if (!this.isWhole && this.floor === null && !this.isAsking && this.ground.model().replica.isLoaded) {
      void this.ask(this.ground.api.list(this.filter));
    }
  }

  private async ask(question: Promise<ListAnswer>): Promise<void> {
    const { generation } = this;
    clearTimeout(this.retryTimer);
    this.isAsking = true;
    this.hasFailed = this.moreFailed = false;
    this.refresh();
    try {
      const answer = await question;
      if (generation === this.generation) {
        this.isAsking = false;
        this.again.reset();
        if (takeRows(this.ground, answer.notifications, answer)) {
          this.reached(answer);
        } else {
          this.loadFirst();
          this.loadMore();
        }
      }
    } catch (error) {
      if (generation === this.generation) {
        this.isAsking = false;
        this.moreFailed = this.floor !== null;
        this.hasFailed = this.floor === null;
        this.refresh();
        this.ground.failed(error);
        this.retryTimer = setTimeout(() => this.retry(), this.again.nextMs() + 1_000);
      }
    }
  }

  private reached(answer: ListAnswer): void {
    const last = answer.notifications.at(-1);
    this.next = answer.next;
    this.floor = answer.next === null || !last ? 0 : last.added_seq;
    this.hasFailed = this.moreFailed = false;
    this.refresh();
  }

  private look(): ListSnapshot {
    if (this.floor === null) {
      return this.hasFailed ? { ...LOADING, state: "error" } : LOADING;
    }
    const all = viewFrom(this.ground, this.floor);
    const notifications = this.isWhole ? all : all.filter((item) => matches(this.filter, item));
    return { state: "ready", notifications, more: this.more() };
  }

  private more(): ListSnapshot["more"] {
    if (this.next === null) {
      return "none";
    }
    if (this.isAsking) {
      return "loading";
    }
    return this.moreFailed ? "error" : "available";
  }
}

function areSame(some: readonly Notification[], others: readonly Notification[]): boolean {
  return some === others || (some.length === others.length && some.every((item, index) => item === others[index]));
}
