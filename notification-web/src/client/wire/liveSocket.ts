import { BackOff } from "./timers";
import { closeName, mayComeBack } from "./closeCodes";
import type { InboxFrame, ServerFrame, WelcomeFrame } from "./frames";
import type { Page } from "./page";
import { serverClock } from "./serverClock";
import { GatewaySocket, type SocketFactory } from "./socket";
import type { SocketNews, SocketStatus } from "./tabs";
import { TokenRenewal } from "./tokenRenewal";

/**
 * Gives an access token. With `ending`, one that was given before and is refused or about to end, it must be a newer one.
 *
 * @returns null when the user has to sign in; rejects when that cannot be found out now, and is asked again later
 */
export type GetToken = (ending?: string) => Promise<string | null>;

export interface LiveSocketEvents {
  status(news: SocketNews): void;
  frame(frame: WelcomeFrame | InboxFrame): void;
}

export interface LiveSocketSettings {
  readonly url: string;
  /** Tells the address anew; asked when the gateways there serve other users. Absent = it does not change. */
  readonly findUrl?: (() => Promise<string>) | undefined;
  readonly getToken: GetToken;
  readonly page: Page;
  readonly openSocket?: SocketFactory | undefined;
  readonly random?: (() => number) | undefined;
}

/** Then there is no socket to be had, for all that is known: the reader should hear so within 5 s. */
const CUT_MS = 4_000;
/** A nudge does not make it dial more often than this. */
const NUDGE_MS = 1_000;
/** A socket that lived so long was a good one: the next waits begin small again. */
const STABLE_MS = 30_000;

/**
 * Keeps a socket open: comes back or stays away as the close code says, moves when it is asked to, renews the token, and
 * does not wait when the page says that the network is back or that the reader looks.
 */
export class LiveSocket {
  private readonly backOff: BackOff;
  private readonly renewal: TokenRenewal;
  private stopListening: () => void = () => {};
  private current: GatewaySocket | null = null;
  private next: GatewaySocket | null = null;
  private url: string;
  private isUrlWrong = false;
  private token: string | undefined;
  private isTokenSpent = false;
  private isAsking = false;
  private isStopped = false;
  /** The browser said that the network is gone: only a new handshake, or the browser, proves the opposite. */
  private isDoubted = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private isCut = false;
  private dialledAt = 0;
  private liveSince = 0;
  private heardAt = 0;

  constructor(
    private readonly settings: LiveSocketSettings,
    private readonly events: LiveSocketEvents,
  ) {
    this.url = settings.url;
    this.backOff = new BackOff(settings.random);
    this.renewal = new TokenRenewal(settings.random, () => void this.renew());
  }

  start(): void {
    this.stopListening = this.settings.page.onChange(() => this.nudge());
    this.tell();
    void this.dial();
  }

  stop(): void {
    this.isStopped = true;
    this.stopListening();
    clearTimeout(this.retry);
    clearTimeout(this.patience);
    this.renewal.cancel();
    this.current?.close();
    this.next?.close();
    this.current = this.next = null;
  }

  /** The page changed, or the reader asks: a client that waits tries now, and a socket has to show that it lives. */
  nudge(): void {
    if (this.isStopped) {
      return;
    }
    this.isDoubted = !this.settings.page.online;
    this.tell();
    if (this.current) {
      this.current.check();
    } else if (!this.next && this.settings.page.online && Date.now() - this.dialledAt >= NUDGE_MS) {
      void this.dial();
    }
  }

  private async dial(): Promise<void> {
    if (this.isStopped || this.next || this.isAsking) {
      return;
    }
    clearTimeout(this.retry);
    this.dialledAt = Date.now();
    const token = !this.isUrlWrong || (await this.askUrl()) ? await this.askToken() : undefined;
    if (this.isStopped) {
      return;
    }
    if (token === null) {
      this.giveUp("signed_out");
    } else if (token === undefined) {
      this.dialLater();
    } else {
      const socket: GatewaySocket = new GatewaySocket(
        this.url,
        token,
        {
          frame: (frame) => this.onFrame(socket, frame),
          closed: (code) => this.onClosed(socket, code),
        },
        this.settings.openSocket,
      );
      this.next = socket;
    }
  }

  /** @returns false when it could not be found out */
  private async askUrl(): Promise<boolean> {
    this.isAsking = true; // until the token is there
    try {
      this.url = (await this.settings.findUrl?.()) ?? this.url;
      this.isUrlWrong = false;
      return true;
    } catch {
      this.isAsking = false;
      return false;
    }
  }

  /** @returns undefined when it could not be found out */
  private async askToken(): Promise<string | null | undefined> {
    this.isAsking = true;
    try {
      const token = await this.settings.getToken(this.isTokenSpent ? this.token : undefined);
      if (token !== null) {
        this.token = token;
        this.isTokenSpent = false;
      }
      return token;
    } catch {
      return undefined;
    } finally {
      this.isAsking = false;
    }
  }

  private dialLater(): void {
    clearTimeout(this.retry);
    this.tell();
    this.retry = setTimeout(() => void this.dial(), this.backOff.nextMs());
  }

  private onFrame(socket: GatewaySocket, frame: ServerFrame): void {
    if (frame.type === "welcome") {
      serverClock.hear(frame.time);
    }
    this.heardAt = serverClock.now();
    switch (frame.type) {
      case "welcome":
        this.onWelcome(socket, frame);
        break;
      case "notification":
      case "inbox":
        this.events.frame(frame);
        break;
      case "authenticated":
        this.renewal.plan(frame.token_expires_at);
        break;
      case "reconnect":
        clearTimeout(this.retry);
        this.retry = setTimeout(() => void this.dial(), frame.after_ms);
        break;
      case "ack":
      case "error":
      case "pong":
    }
  }

  private onWelcome(socket: GatewaySocket, frame: WelcomeFrame): void {
    const former = this.current;
    this.current = socket;
    this.next = null;
    this.liveSince = Date.now();
    this.isDoubted = false;
    former?.close();
    this.renewal.plan(frame.token_expires_at, frame.time);
    this.tell();
    this.events.frame(frame);
  }

  private onClosed(socket: GatewaySocket, code: number): void {
    if (socket === this.current) {
      this.current = null;
      this.renewal.cancel();
      if (Date.now() - this.liveSince >= STABLE_MS) {
        this.backOff.reset();
      }
    } else if (socket === this.next) {
      this.next = null;
    } else {
      return;
    }
    const name = closeName(code);
    if (!mayComeBack(code)) {
      this.giveUp(name === "bad_token" || name === "signed_out" ? "signed_out" : "stopped");
      return;
    }
    this.isTokenSpent ||= name === "token_expired";
    this.isUrlWrong ||= name === "wrong_shard";
    if (!this.current && !this.next) {
      this.dialLater();
    }
  }

  private async renew(): Promise<void> {
    this.isTokenSpent = true;
    const token = await this.askToken();
    if (token) {
      this.current?.send({ type: "authenticate", token, ref: "renewal" });
    } else if (token === undefined) {
      this.renewal.tryAgain();
    }
    // Null: the socket lives until the token has ended, and its close leads to the sign-in page.
  }

  private giveUp(status: "signed_out" | "stopped"): void {
    this.stop();
    this.events.status({ status, heardAt: this.heardAt, isCut: true });
  }

  private tell(): void {
    const status = this.status();
    if (status === "live") {
      clearTimeout(this.patience);
      this.patience = undefined;
      this.isCut = false;
    } else {
      this.patience ??= setTimeout(() => {
        this.isCut = true;
        this.tell();
      }, CUT_MS);
    }
    this.events.status({ status, heardAt: this.heardAt, isCut: this.isCut });
  }

  private status(): SocketStatus {
    if (this.current && !this.isDoubted) {
      return "live";
    }
    if (!this.settings.page.online) {
      return "offline";
    }
    return this.heardAt === 0 ? "connecting" : "reconnecting";
  }
}
