import { InboxClient } from "./inboxClient";
import type { ConnectionStatus, Inbox } from "./inboxState";
import type { KeptInbox, LastList } from "./lastInbox";
import { Refused, SignInRequired, Unreachable, type ListAnswer } from "./rest/inboxApi";
import type { NotificationService } from "./rest/notificationService";
import type { Me } from "./rest/schemas";
import { AbsentInbox } from "./view/absentInbox";
import type { GetToken } from "./wire/liveSocket";
import { serverClock } from "./wire/serverClock";
import { BackOff } from "./wire/timers";

export interface OwnInbox {
  readonly inbox: Inbox;
  /** Null until it is known. */
  readonly me: Me | null;
}

export interface InboxFinderSettings {
  readonly service: NotificationService;
  readonly getToken: GetToken;
  /** What was kept of the user's inbox, and where to keep it; null = nothing is kept. */
  readonly keeper: KeptInbox | null;
  /** Hears at once of one that stands in, then of their own. */
  found(own: OwnInbox): void;
  /** Nothing more can be done without a sign-in; told once. */
  signInRequired(): void;
}

/** Then it is said that there is no answer, though one may still come. */
const LATE_MS = 4_000;

/** Finds out who the user is, however long that takes, and keeps their inbox open. */
export class InboxFinder {
  /** Stands in until then, and says how it is going. */
  private readonly absent: AbsentInbox;
  private readonly backOff = new BackOff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inbox: InboxClient | null = null;
  /** Whose it is; while `isKnown` is false, whose it was when it was kept. */
  private me: Me | null = null;
  private isKnown = false;
  private isAsking = false;
  private isOver = false;
  private isSignInTold = false;

  constructor(private readonly settings: InboxFinderSettings) {
    this.absent = new AbsentInbox(this.tryNow, () => {
      this.stop();
      settings.keeper?.clear();
    });
  }

  start(): void {
    this.settings.found({ inbox: this.absent, me: null });
    window.addEventListener("online", this.tryNow);
    // The list does not wait for whose it is.
    const firstList = this.settings.service.list({});
    firstList.catch(() => {});
    void this.ask(firstList);
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.tryNow);
    this.inbox?.stop();
  }

  private readonly tryNow = (): void => {
    if (!this.isAsking && !this.isKnown && !this.isOver) {
      this.say(this.absent.snapshot().connectionStatus);
      void this.ask();
    }
  };

  private async ask(firstList?: Promise<ListAnswer>): Promise<void> {
    this.isAsking = true;
    this.after(LATE_MS, () => this.beginWithLast() || this.say("unreachable"));
    const answer = await this.settings.service.me().catch((error: unknown) => error);
    this.isAsking = false;
    if (this.isOver) {
      return;
    }
    clearTimeout(this.timer);
    if (answer instanceof Error) {
      this.failed(answer);
    } else {
      this.isKnown = true;
      this.begin(answer as Me, { firstList });
    }
  }

  private begin(me: Me, first: { firstList?: Promise<ListAnswer> | undefined; last?: LastList }): void {
    if (this.inbox && this.me?.id === me.id && this.me.websocket_url === me.websocket_url) {
      this.inbox.tryNow();
    } else {
      const { service: api, getToken, keeper } = this.settings;
      const { id: userId, websocket_url: websocketUrl } = me;
      const findWebsocketUrl = async () => (await api.me()).websocket_url;
      const address = { websocketUrl, findWebsocketUrl };
      this.inbox?.stop();
      this.inbox = new InboxClient({ api, userId, ...address, getToken, keepLast: keeper?.keepsFor(me), ...first });
      this.inbox.on("signInRequired", () => this.signInRequired());
      this.inbox.start();
    }
    this.me = me;
    this.settings.found({ inbox: this.inbox, me });
  }

  /** @returns false if nothing is kept of this user */
  private beginWithLast(): boolean {
    const last = this.inbox ? null : this.settings.keeper?.load();
    if (last) {
      this.begin(last.me, { last });
    }
    return this.inbox !== null;
  }

  private failed(error: Error): void {
    if (error instanceof SignInRequired) {
      this.say("signed_out");
      this.settings.keeper?.clear();
      this.signInRequired();
    } else if (error instanceof Refused) {
      this.say("rejected");
    } else {
      const askedMs = error instanceof Unreachable ? (error.retryAfterMs ?? 0) : 0;
      const ms = Math.max(askedMs, this.backOff.nextMs());
      this.after(ms, this.tryNow);
      this.say(navigator.onLine ? "unreachable" : "offline", serverClock.now() + ms);
      this.beginWithLast();
    }
  }

  private signInRequired(): void {
    if (!this.isSignInTold && !this.isOver) {
      this.isSignInTold = true;
      this.settings.signInRequired();
    }
  }

  private say(connectionStatus: ConnectionStatus, nextTryAt: number | null = null): void {
    this.absent.become({ connectionStatus, nextTryAt });
  }

  private after(ms: number, act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, ms);
  }
}
