import type { InboxEffect, InboxEvent } from "./inbox";
import type { LastList } from "./lastInbox";
import { attempt, type QueueStore } from "./outbox/queue";
import type { Question, ReplicaEvent, ReplicaTimer } from "./replica/replica";
import { SignInRequired, Unreachable, type InboxApi, type ListAnswer } from "./rest/inboxApi";
import { BackOff, Timers } from "./wire/timers";
import type { Page } from "./wire/page";
import { serverClock } from "./wire/serverClock";
import type { Entry, Tabs } from "./wire/tabs";

/** What effects are done with, and who hears what came of them. */
export interface Surroundings {
  readonly api: InboxApi;
  /** Of {@link InboxClientSettings}. */
  readonly firstList: Promise<ListAnswer> | undefined;
  readonly last: LastList | undefined;
  readonly page: Page;
  readonly tabs: Tabs;
  readonly store: QueueStore;
  readonly random: () => number;
  /** Whether the first page is here: checks ask nothing before. */
  isLoaded(): boolean;
  take(event: InboxEvent): void;
  failed(error: unknown): void;
}

/** Does what {@link reduceInbox} asks for: questions to the api, own changes, timers, storage, messages to other tabs. */
export class Effects {
  readonly timers = new Timers();
  private readonly questionBackOff: BackOff;
  private readonly sendingBackOff = new BackOff();
  private isStopped = false;

  private firstList: Promise<ListAnswer> | undefined;
  private last: LastList | undefined;

  constructor(private readonly around: Surroundings) {
    this.firstList = around.firstList;
    this.last = around.last;
    this.questionBackOff = new BackOff(around.random);
  }

  do(effect: InboxEffect): void {
    const { tabs, store, random } = this.around;
    switch (effect.do) {
      case "ask":
        void this.ask(effect);
        break;
      case "time":
        this.time(effect.timer, effect.ms + random() * effect.jitterMs);
        break;
      case "backOff":
        this.time("backOff", this.questionBackOff.nextMs());
        break;
      case "resetBackOff":
        this.questionBackOff.reset();
        this.timers.cancel("backOff");
        break;
      case "cancel":
        this.timers.cancel(effect.timer);
        break;
      case "tell":
        tabs.tell(effect.message);
        break;
      case "save":
        store.save(effect.entries);
        break;
      case "send":
        void this.send(effect.entry);
        break;
      default:
      // The others are about what is shown.
    }
  }

  /** The network or the sign-in may be back: nothing waits any longer. */
  wake(): void {
    this.sendingBackOff.reset();
    this.around.take({ type: "woken" });
  }

  stop(): void {
    this.isStopped = true;
    this.timers.cancelAll();
  }

  private time(timer: ReplicaTimer, ms: number): void {
    const { page } = this.around;
    if (timer === "backOff" || (timer === "check" && this.around.isLoaded())) {
      this.around.take({ type: "planned", at: serverClock.now() + ms });
    }
    this.timers.set(timer, ms, () => this.around.take({ type: "timer", timer, isVisible: page.visible }));
  }

  private async ask(question: Question): Promise<void> {
    this.around.take({ type: "planned", at: null });
    const event = await this.answerTo(question).catch((error: unknown): ReplicaEvent => {
      this.around.failed(error);
      return { type: "failed", question: question.question };
    });
    this.around.take(event);
  }

  private async answerTo(question: Question): Promise<ReplicaEvent> {
    const { api } = this.around;
    switch (question.question) {
      case "list": {
        const { firstList, last } = this;
        this.firstList = this.last = undefined;
        return last
          ? { type: "list", answer: last.answer, keptAt: last.at }
          : { type: "list", answer: await (firstList ?? api.list({})) };
      }
      case "changes":
        return { type: "changes", answer: await api.changes(question.after, question.epoch) };
      case "check":
        return { type: "checked", numbers: await api.unreadCount() };
    }
  }

  private async send(entry: Entry): Promise<void> {
    this.timers.cancel("send");
    const { api, store } = this.around;
    const outcome = await attempt(api, entry).catch((error: unknown) => this.sendLater(error));
    if (outcome) {
      this.sendingBackOff.reset();
      if (this.isStopped) {
        // Another tab may lead by now, and have stored what this one does not know.
        store.save(store.load().filter(({ id }) => id !== entry.id));
      }
    }
    this.around.take({ type: "answered", entry, outcome });
  }

  private sendLater(error: unknown): null {
    this.around.failed(error);
    if (!(error instanceof SignInRequired) && !this.isStopped) {
      const askedMs = error instanceof Unreachable ? (error.retryAfterMs ?? 0) : 0;
      const ms = Math.max(askedMs, this.sendingBackOff.nextMs());
      this.timers.set("send", ms, () => this.around.take({ type: "woken" }));
    }
    return null;
  }
}
