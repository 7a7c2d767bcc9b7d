import { emptyInbox, reduceInbox, type InboxEffect, type InboxEvent } from "./inbox";
import type { Inbox, InboxCondition, InboxEvents, InboxItem, InboxList, InboxSnapshot, OwnChange } from "./inboxState";
import type { InboxClientSettings } from "./inboxSettings";
import { Effects } from "./effects";
import { entryOf, storedQueue, type QueueStore } from "./outbox/queue";
import { pendingOf } from "./outbox/outbox";
import { badge } from "./outbox/ownChanges";
import { SignInRequired, Unreachable, type InboxApi, type InboxFilter } from "./rest/inboxApi";
import { Signal } from "./signal";
import { InboxViews } from "./view/inboxViews";
import { isWhole } from "./replica/replica";
import { KEEP_MS, ListKeeper } from "./listKeeper";
import { statusOf } from "./view/connection";
import { Feed, type FeedEvents } from "./wire/feed";
import { browserLocks, Leadership, noOtherTabs, tabsByBroadcast, type Tabs } from "./wire/tabs";
import { browserPage, type Page } from "./wire/page";
import { serverClock } from "./wire/serverClock";

/** How long a removal can be undone. */
export const UNDO_MS = 5_000;
/** How long it says that it has caught up. */
const CAUGHT_UP_MS = 8_000;

/**
 * The inbox of one user, kept true: whatever happens to it, wherever, shows here, and what the user does here shows at
 * once. It has one socket with all other tabs of that user, keeps what cannot be sent for later, and follows the client's
 * rule of the contract, so nothing is missing, nothing shows twice, and the badge is never added up.
 *
 * What happens is an event; {@link reduceInbox} says what comes of it; {@link Effects} does it.
 */
export class InboxClient implements Inbox {
  private readonly changed = new Signal<undefined>();
  private readonly signals: { readonly [E in keyof InboxEvents]: Signal<InboxEvents[E]> } = {
    fresh: new Signal(),
    refused: new Signal(),
    signInRequired: new Signal(),
  };
  private readonly api: InboxApi;
  private readonly page: Page;
  private readonly tabs: Tabs;
  private readonly store: QueueStore;
  private readonly views: InboxViews;
  private readonly feed: Feed;
  private readonly effects: Effects;
  private readonly keeper: ListKeeper | undefined;
  private readonly ends: (() => void)[] = [];
  private model = emptyInbox;
  private current: InboxSnapshot;
  private isStopped = false;

  constructor(settings: InboxClientSettings) {
    const { api, websocketUrl: url, userId, getToken, openSocket, random = Math.random } = settings;
    const name = `belfry:${url}:${userId}`;
    const locks = settings.locks === undefined ? browserLocks() : settings.locks;
    const page = settings.page ?? browserPage;
    this.api = api;
    this.page = page;
    this.tabs = settings.tabs ?? (locks ? tabsByBroadcast(name) : noOtherTabs);
    // Without locks every tab leads and sends its own, so what it keeps must be its own too.
    this.store = storedQueue(name, () => settings.storage ?? (locks ? localStorage : sessionStorage));
    const take = (event: InboxEvent) => this.take(event);
    const failed = (error: unknown) => this.failed(error);
    const { firstList, last } = settings;
    this.keeper = settings.keepLast && new ListKeeper(settings.keepLast, () => this.model);
    const isLoaded = () => this.model.replica.isLoaded;
    const { tabs, store } = this;
    this.effects = new Effects({ api, firstList, last, page, tabs, store, random, isLoaded, take, failed });
    this.views = new InboxViews({ api, take, failed, model: () => this.model });
    const socket = { url, findUrl: settings.findWebsocketUrl, getToken, page, openSocket, random };
    this.feed = new Feed(socket, new Leadership(name, locks), this.tabs, this.heard());
    this.current = this.look();
  }

  start(): void {
    const isHere = () => this.page.visible && this.page.online;
    let wasHere = isHere();
    const onChange = () => {
      const hasReturned = isHere() && !wasHere;
      wasHere = isHere();
      if (this.page.online) {
        this.effects.wake();
      }
      const { connectionStatus } = this.current;
      const isAsking = connectionStatus === "polling" || connectionStatus === "unreachable";
      if (hasReturned || (isHere() && isAsking)) {
        this.take({ type: "returned" });
      }
    };
    this.ends.push(
      this.page.onChange(onChange),
      this.page.onLeave(() => this.leave()),
    );
    this.take({ type: "started" });
    this.feed.start();
  }

  /** Ends everything in this tab; other tabs go on. What waits to be sent stays stored. */
  stop(): void {
    if (!this.isStopped) {
      this.leave();
      this.end();
    }
  }

  readonly tryNow = (): void => {
    this.effects.wake();
    this.take({ type: "returned" });
    this.feed.tryNow();
  };

  readonly isLeading = (): boolean => this.feed.isLeading;

  readonly forget = (): void => {
    this.tabs.tell({ kind: "forget" });
    this.leaveNothing();
  };

  readonly subscribe = (listener: () => void): (() => void) => this.changed.on(listener);

  readonly snapshot = (): InboxSnapshot => this.current;

  readonly list = (filter: InboxFilter): InboxList => this.views.list(filter);

  readonly item = (id: number): InboxItem => this.views.item(id);

  /** How far this copy is, for logs and tests: what no page shows. */
  readonly condition = (): InboxCondition => {
    const { applied, shown } = this.model.replica;
    return { applied, shown, unsent: pendingOf(this.model.outbox).length };
  };

  readonly markAsRead = (id: number): void => this.make({ kind: "read", id });

  readonly markAsUnread = (id: number): void => this.make({ kind: "unread", id });

  readonly markAllAsRead = (upTo?: number): void => {
    const { items } = this.model.replica;
    const newest = upTo === undefined ? items.from(0)[0] : items.get(upTo);
    if (newest) {
      this.make({ kind: "all_read", upTo: newest.id, upToSeq: newest.added_seq });
    }
  };

  readonly remove = (id: number): void => {
    if (!this.model.outbox.held.includes(id)) {
      this.effects.timers.set(`held-${id}`, UNDO_MS, () => this.make({ kind: "deleted", id }));
      this.take({ type: "held", id });
    }
  };

  readonly undoRemove = (id: number): void => {
    this.effects.timers.cancel(`held-${id}`);
    this.take({ type: "undone", id });
  };

  readonly on: Inbox["on"] = (event, listener) => this.signals[event].on(listener);

  private make(change: OwnChange): void {
    this.take({ type: "made", entries: [entryOf(change)] });
  }

  private sendRemovalsNow(): void {
    const { held } = this.model.outbox;
    const isSent = this.page.online;
    const entries = held.map((id) => entryOf({ kind: "deleted", id }));
    held.forEach((id) => this.effects.timers.cancel(`held-${id}`));
    if (entries.length > 0) {
      this.take({ type: "made", entries, isSent });
    }
    if (isSent) {
      // The page may be gone before an answer comes, and hears of no failure: each is asked for again.
      held.forEach((id) => void this.api.remove(id, true).catch(() => {}));
    }
  }

  private leave(): void {
    this.sendRemovalsNow();
    this.keeper?.keep();
  }

  private leaveNothing(): void {
    this.take({ type: "unanswered", api: "signed_out" });
    this.end();
    this.store.save([]);
    this.keeper?.keepNothing();
  }

  private end(): void {
    this.isStopped = true;
    this.ends.forEach((end) => end());
    this.effects.stop();
    this.feed.stop();
    this.views.stop();
  }

  private take(event: InboxEvent): void {
    if (this.isStopped) {
      return;
    }
    const { connection: former, replica: formerly } = this.model;
    const { state: model, effects } = reduceInbox(this.model, event, serverClock.now());
    this.model = model;
    if (model.connection.caughtUp !== null && model.connection.caughtUp !== former.caughtUp) {
      this.effects.timers.set("caughtUp", CAUGHT_UP_MS, () => this.take({ type: "caughtUpShown" }));
    }
    if (this.keeper && model.replica.applied !== formerly.applied) {
      this.effects.timers.set("keep", KEEP_MS, this.keeper.keep);
    }
    effects.forEach((effect) => this.do(effect));
    this.refresh();
  }

  private do(effect: InboxEffect): void {
    switch (effect.do) {
      case "announce":
        this.views.applied(effect.change);
        if (effect.change.kind === "added") {
          this.signals.fresh.emit(effect.change.notification);
        }
        break;
      case "listed":
        this.keeper?.listed(effect.answer);
        this.views.begun(effect.answer);
        break;
      case "listFailed":
        this.views.failed();
        break;
      case "settled":
        if (effect.isOwn && "refused" in effect.outcome) {
          this.signals.refused.emit({ change: effect.entry.change, reason: effect.outcome.refused });
        }
        break;
      default:
        this.effects.do(effect);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof SignInRequired && !this.isStopped) {
      this.take({ type: "unanswered", api: "signed_out" });
      this.signInEnded();
    } else if (error instanceof Unreachable) {
      this.take({ type: "unanswered", api: "failed" });
    }
  }

  private signInEnded(): void {
    this.keeper?.keep();
    this.signals.signInRequired.emit(null);
  }

  private heard(): FeedEvents {
    return {
      status: (news) => {
        this.take({ type: "socket", news });
        if (news.status === "signed_out") {
          this.signInEnded();
        }
      },
      frame: (frame) => {
        if (frame.type !== "welcome") {
          this.take({ type: "frame", frame });
          return;
        }
        const { seq, unread, epoch, check_seconds: checkSeconds } = frame;
        const isHint = seq !== undefined && unread !== undefined && epoch !== undefined;
        this.take({ type: "welcome", checkSeconds, hint: isHint ? { seq, unread, epoch } : null });
        this.effects.wake();
      },
      // What came after the first list was asked for, and before this tab listened, is found by asking.
      following: () => this.take({ type: "returned" }),
      leading: () => {
        this.take({ type: "leading" });
        this.take({ type: "sending", stored: this.store.load() });
      },
      message: (message) => {
        this.take({ type: "told", message });
        if (message.kind === "forget") {
          this.leaveNothing();
          this.signals.signInRequired.emit(null);
        }
      },
    };
  }

  private look(): InboxSnapshot {
    const { replica, outbox, connection } = this.model;
    const { upToDateAt, caughtUp } = connection;
    const unreadCount = badge(replica.unread, replica.items, pendingOf(outbox));
    const connectionStatus = statusOf(connection, isWhole(replica));
    const nextTryAt = connectionStatus === "unreachable" ? connection.nextTryAt : null;
    return { connectionStatus, upToDateAt, nextTryAt, caughtUp, unreadCount, unsent: outbox.queue.length };
  }

  /** After anything that may have changed what is shown. */
  private refresh(): void {
    this.views.refresh();
    const next = this.look();
    const keys = Object.keys(next) as (keyof InboxSnapshot)[];
    if (keys.some((key) => next[key] !== this.current[key])) {
      this.current = next;
      this.changed.emit(undefined);
    }
  }
}
