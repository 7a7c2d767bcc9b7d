import { BackOff } from "../wire/backOff";
import type { InboxApi, ListAnswer } from "../rest/inboxApi";
import type { Page } from "../wire/page";
import type { Change } from "./change";
import {
  emptyReplica,
  reduce,
  type Question,
  type Replica,
  type ReplicaEffect,
  type ReplicaEvent,
  type ReplicaTimer,
} from "./replica";

export interface KeeperEvents {
  /** A frame brought it in its turn. */
  announced(change: Change): void;
  /** The first page of the whole list is asked for now. */
  listing(): void;
  /** The first page of the whole list was taken. */
  listed(answer: ListAnswer): void;
  /** The first page could not be had; it is asked for again by itself. */
  listFailed(): void;
  /** The api just said that nothing is missing. */
  confirmed(): void;
  /** The replica may have changed: after the others. */
  changed(): void;
  failed(error: unknown): void;
}

/** Keeps the replica: takes what happens in its turn, and does what the client's rule says, with the api and timers. */
export class ReplicaKeeper {
  private current = emptyReplica;
  private readonly backOff: BackOff;
  private readonly timers = new Map<ReplicaTimer, ReturnType<typeof setTimeout>>();
  private stopListening: () => void = () => {};
  private isStopped = false;

  constructor(
    private readonly api: InboxApi,
    private readonly page: Page,
    private readonly events: KeeperEvents,
    private readonly random: () => number = Math.random,
  ) {
    this.backOff = new BackOff(1_000, 30_000, random);
  }

  get replica(): Replica {
    return this.current;
  }

  start(): void {
    const isHere = () => this.page.visible && this.page.online;
    let wasHere = isHere();
    this.stopListening = this.page.onChange(() => {
      const returned = isHere() && !wasHere;
      wasHere = isHere();
      if (returned) {
        this.take({ type: "returned" });
      }
    });
    this.take({ type: "started" });
  }

  stop(): void {
    this.isStopped = true;
    this.stopListening();
    this.timers.forEach((timer) => {
      clearTimeout(timer);
    });
  }

  take(event: ReplicaEvent): void {
    if (this.isStopped) {
      return;
    }
    const { replica, effects } = reduce(this.current, event);
    this.current = replica;
    effects.forEach((effect) => {
      this.do(effect);
    });
    this.events.changed();
  }

  private do(effect: ReplicaEffect): void {
    switch (effect.do) {
      case "ask":
        void this.ask(effect);
        break;
      case "time":
        this.time(effect.timer, effect.ms + this.random() * effect.jitterMs);
        break;
      case "backOff":
        this.time("backOff", this.backOff.nextMs());
        break;
      case "resetBackOff":
        this.backOff.reset();
        this.cancel("backOff");
        break;
      case "cancel":
        this.cancel(effect.timer);
        break;
      case "announce":
        this.events.announced(effect.change);
        break;
      case "listed":
        this.events.listed(effect.answer);
        break;
      case "listFailed":
        this.events.listFailed();
        break;
      case "confirm":
        this.events.confirmed();
    }
  }

  private async ask(question: Question): Promise<void> {
    let event: ReplicaEvent;
    try {
      event = await this.answerTo(question);
    } catch (error) {
      if (!this.isStopped) {
        this.take({ type: "failed", question: question.question });
        this.events.failed(error);
      }
      return;
    }
    this.take(event);
  }

  private async answerTo(question: Question): Promise<ReplicaEvent> {
    switch (question.question) {
      case "list":
        this.events.listing();
        return { type: "list", answer: await this.api.list({}) };
      case "changes":
        return { type: "changes", answer: await this.api.changes(question.after, question.epoch) };
      case "check":
        return { type: "checked", numbers: await this.api.unreadCount() };
    }
  }

  private time(timer: ReplicaTimer, ms: number): void {
    this.cancel(timer);
    const end = () => this.take({ type: "timer", timer, isVisible: this.page.visible });
    this.timers.set(timer, setTimeout(end, ms));
  }

  private cancel(timer: ReplicaTimer): void {
    clearTimeout(this.timers.get(timer));
  }
}
