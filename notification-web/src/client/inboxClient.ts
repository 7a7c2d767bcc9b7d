import { Connection } from "./view/connection";
import { Feed } from "./wire/feed";
import type { WelcomeFrame } from "./wire/frames";
import { HeldRemovals } from "./outbox/heldRemovals";
import { SignInRequired, type InboxApi, type InboxFilter } from "./rest/inboxApi";
import type { Inbox, InboxCondition, InboxEvents, InboxItem, InboxList, InboxSnapshot } from "./inboxState";
import { InboxViews } from "./view/inboxViews";
import { Leadership } from "./wire/leadership";
import type { GetToken } from "./wire/liveSocket";
import { Outbox } from "./outbox/outbox";
import { badge, type Pending } from "./outbox/ownChanges";
import { browserPage, type Page } from "./wire/page";
import { storedQueue } from "./outbox/queueStore";
import { ReplicaKeeper } from "./replica/replicaKeeper";
import { Signal } from "./signal";
import { serverClock } from "./wire/serverClock";
import type { SocketFactory } from "./wire/socket";
import { noOtherTabs, tabsByBroadcast, type Entry, type Outcome, type TabMessage, type Tabs } from "./wire/tabs";

export interface InboxClientSettings {
  readonly api: InboxApi;
  /** Whose inbox it is. */
  readonly userId: number;
  /** The gateway's address, as `GET /api/me/` tells it. */
  readonly websocketUrl: string;
  readonly getToken: GetToken;
  /** The rest is for tests, and for places that are no browser page. */
  readonly page?: Page;
  readonly openSocket?: SocketFactory;
  /** Null = every tab for itself. */
  readonly locks?: LockManager | null;
  readonly tabs?: Tabs;
  readonly storage?: Storage;
  readonly random?: () => number;
}

/**
 * The inbox of one user, kept true: whatever happens to it, wherever, shows here, and what the user does here shows at
 * once. It has one socket with all other tabs of that user, keeps what cannot be sent for later, and follows the client's
 * rule of the contract, so nothing is missing, nothing shows twice, and the badge is never added up.
 */
export class InboxClient implements Inbox {
  private readonly changed = new Signal<undefined>();
  private readonly signals: { readonly [E in keyof InboxEvents]: Signal<InboxEvents[E]> } = {
    fresh: new Signal(),
    refused: new Signal(),
    signInRequired: new Signal(),
  };
  private readonly views: InboxViews;
  private readonly connection: Connection;
  private readonly keeper: ReplicaKeeper;
  private readonly outbox: Outbox;
  private readonly removals: HeldRemovals;
  private readonly feed: Feed;
  private readonly tabs: Tabs;
  private readonly page: Page;
  private stopListening: () => void = () => {};
  private answeredBeforeList: ReadonlySet<string> = new Set();
  private epochBeforeList: string | null = null;
  private current: InboxSnapshot;

  constructor(private readonly settings: InboxClientSettings) {
    const { api, websocketUrl, userId, random } = settings;
    const name = `belfry:${websocketUrl}:${userId}`;
    const locks = settings.locks === undefined ? browserLocks() : settings.locks;
    this.page = settings.page ?? browserPage;
    this.tabs = settings.tabs ?? (locks ? tabsByBroadcast(name) : noOtherTabs);
    const changed = () => {
      this.refresh();
    };
    const failed = (error: unknown) => {
      this.onFailure(error);
    };
    this.keeper = new ReplicaKeeper(
      api,
      this.page,
      {
        announced: (change) => {
          this.views.applied(change);
          if (change.kind === "added") {
            this.signals.fresh.emit(change.notification);
          }
        },
        listing: () => {
          this.answeredBeforeList = new Set(this.outbox.answeredIds);
          this.epochBeforeList = this.keeper.replica.epoch;
        },
        listed: (answer) => {
          // What was answered later may not be in the list, which is on its way for longer.
          const isOtherHistory = this.epochBeforeList !== null && answer.epoch !== this.epochBeforeList;
          this.outbox.drop(({ id }) => isOtherHistory || this.answeredBeforeList.has(id));
          this.views.begun(answer);
        },
        listFailed: () => {
          this.views.failed();
        },
        changed,
        confirmed: () => {
          this.connection.confirmed();
        },
        failed,
      },
      random,
    );
    this.views = new InboxViews(api, this.keeper, () => this.pending(), failed);
    this.connection = new Connection(this.keeper, changed);
    // Without locks every tab leads and sends its own, so what it keeps must be its own too.
    const storage = () => settings.storage ?? (locks ? localStorage : sessionStorage);
    this.outbox = new Outbox(api, storedQueue(name, storage), this.tabs, {
      changed,
      failed,
      settled: (entry, outcome, isOwn) => {
        this.onSettled(entry, outcome, isOwn);
      },
    });
    this.removals = new HeldRemovals((id) => {
      this.outbox.add({ kind: "deleted", id });
    }, changed);
    this.feed = new Feed(
      { url: websocketUrl, getToken: settings.getToken, page: this.page, openSocket: settings.openSocket, random },
      new Leadership(name, locks),
      this.tabs,
      {
        status: (status, heardAt) => {
          this.connection.became(status, heardAt);
          if (status === "signed_out") {
            this.signals.signInRequired.emit(null);
          }
        },
        welcome: (frame) => {
          this.onWelcome(frame);
        },
        inbox: (frame) => {
          this.keeper.take({ type: "frame", frame });
        },
        leading: () => {
          this.keeper.take({ type: "leading" });
          this.outbox.lead();
        },
        message: (message) => {
          this.onMessage(message);
        },
      },
    );
    this.current = { ...this.connection.snapshot, unreadCount: null };
  }

  start(): void {
    const ends = [
      this.page.onChange(() => {
        if (this.page.online) {
          this.outbox.wake();
        }
      }),
      this.page.onLeave(() => {
        this.sendRemovalsNow();
      }),
    ];
    this.stopListening = () => {
      ends.forEach((end) => {
        end();
      });
    };
    this.feed.start();
    this.keeper.start();
  }

  /** Ends everything in this tab; other tabs go on. What waits to be sent stays stored. */
  stop(): void {
    this.sendRemovalsNow();
    this.stopListening();
    this.connection.stop();
    this.keeper.stop();
    this.outbox.stop();
    this.feed.stop();
    this.views.stop();
  }

  readonly forget = (): void => {
    this.removals.cancel();
    this.outbox.forget();
    this.tabs.tell({ kind: "forget" });
    this.stop();
  };

  readonly subscribe = (listener: () => void): (() => void) => this.changed.on(listener);

  readonly snapshot = (): InboxSnapshot => this.current;

  readonly list = (filter: InboxFilter): InboxList => this.views.list(filter);

  /** How far this copy is, for logs and tests: what no page shows. */
  readonly condition = (): InboxCondition => {
    const { applied, shown } = this.keeper.replica;
    return { applied, shown, unsent: this.pending().length };
  };

  readonly item = (id: number): InboxItem => this.views.item(id);

  readonly markAsRead = (id: number): void => {
    this.outbox.add({ kind: "read", id });
  };

  readonly markAsUnread = (id: number): void => {
    this.outbox.add({ kind: "unread", id });
  };

  readonly markAllAsRead = (upTo?: number): void => {
    const newest = upTo === undefined ? this.keeper.replica.items.from(0)[0] : this.keeper.replica.items.get(upTo);
    if (newest) {
      this.outbox.add({ kind: "all_read", upTo: newest.id, upToSeq: newest.added_seq });
    }
  };

  readonly remove = (id: number): void => {
    this.removals.hold(id);
  };

  readonly undoRemove = (id: number): void => {
    this.removals.undo(id);
  };

  readonly on: Inbox["on"] = (event, listener) => this.signals[event].on(listener);

  private pending(): readonly Pending[] {
    return [...this.outbox.pending, ...this.removals.pending];
  }

  private onWelcome({ seq, unread, epoch, check_seconds, time }: WelcomeFrame): void {
    serverClock.hear(time);
    const isHint = seq !== undefined && unread !== undefined && epoch !== undefined;
    const hint = isHint ? { seq, unread, epoch } : null;
    this.keeper.take({ type: "welcome", checkSeconds: check_seconds, hint });
    this.outbox.wake();
  }

  private onMessage(message: TabMessage): void {
    if (message.kind === "forget") {
      this.outbox.forget();
      this.stop();
      this.signals.signInRequired.emit(null);
    } else {
      this.outbox.hear(message);
    }
  }

  private onSettled({ change }: Entry, outcome: Outcome, isOwn: boolean): void {
    if ("refused" in outcome) {
      if (isOwn) {
        this.signals.refused.emit({ change, reason: outcome.refused });
      }
    } else {
      this.keeper.take({ type: "numbers", numbers: outcome.numbers });
    }
  }

  private onFailure(error: unknown): void {
    if (error instanceof SignInRequired) {
      this.signals.signInRequired.emit(null);
    }
  }

  private sendRemovalsNow(): void {
    this.removals.releaseAll((id) => {
      if (this.page.online) {
        // The page may be gone before an answer comes. Nobody is left to hear that there was none: it is asked for again.
        this.outbox.keep({ kind: "deleted", id });
        this.settings.api.remove(id, true).catch(() => {});
      } else {
        this.outbox.add({ kind: "deleted", id });
      }
    });
  }

  /** After anything that may have changed what is shown. */
  private refresh(): void {
    const { outbox } = this;
    const { replica } = this.keeper;
    outbox.drop(({ answeredSeq }) => answeredSeq !== null && replica.applied >= answeredSeq);
    this.views.refresh();
    const next = {
      ...this.connection.snapshot,
      unreadCount: badge(replica.unread, replica.items, this.pending()),
    };
    const keys = Object.keys(next) as (keyof InboxSnapshot)[];
    if (keys.some((key) => next[key] !== this.current[key])) {
      this.current = next;
      this.changed.emit(undefined);
    }
  }
}

function browserLocks(): LockManager | null {
  try {
    return (navigator as { readonly locks?: LockManager }).locks ?? null;
  } catch {
    return null;
  }
}
