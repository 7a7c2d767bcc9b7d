import type { InboxFrame, WelcomeFrame } from "./frames";
import type { Leadership, SocketNews, TabMessage, Tabs } from "./tabs";
import { LiveSocket, type LiveSocketSettings } from "./liveSocket";
import { serverClock } from "./serverClock";

export interface FeedEvents {
  status(news: SocketNews): void;
  frame(frame: WelcomeFrame | InboxFrame): void;
  /** This tab opens the socket from now on, for all tabs. */
  leading(): void;
  /** Another tab told, for the first time, that it does: what it hears is heard from now on. */
  following(): void;
  /** What is no business of the feed's. */
  message(message: TabMessage): void;
}

/**
 * The frames of one user, of which all tabs have one socket: the tab that leads opens it and tells the others what it
 * hears. What is lost between tabs is a hole in the numbers, as is what is lost on the wire.
 */
export class Feed {
  private readonly socket: LiveSocket;
  isLeading = false;
  private isFollowing = false;
  private told: SocketNews = { status: "connecting", heardAt: 0, isCut: false };

  constructor(
    settings: LiveSocketSettings,
    private readonly leadership: Leadership,
    private readonly tabs: Tabs,
    private readonly events: FeedEvents,
  ) {
    this.socket = new LiveSocket(settings, {
      status: (news) => {
        this.told = news;
        this.tellStatus();
        events.status(news);
      },
      frame: (frame) => {
        tabs.tell({ kind: "frame", frame });
        events.frame(frame);
      },
    });
  }

  start(): void {
    this.tabs.listen((message) => this.hear(message));
    this.tabs.tell({ kind: "hello" });
    this.leadership.stand(() => {
      this.isLeading = true;
      this.events.leading();
      this.socket.start();
    });
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    if (this.isLeading) {
      this.socket.nudge();
    }
  }

  stop(): void {
    this.socket.stop();
    this.leadership.resign();
    this.tabs.close();
  }

  private tellStatus(): void {
    this.tabs.tell({ kind: "status", now: serverClock.now(), ...this.told });
  }

  private hear(message: TabMessage): void {
    if (message.kind === "hello" && this.isLeading) {
      this.tellStatus();
    }
    if (message.kind === "status") {
      if (!this.isLeading) {
        const { status, heardAt, isCut, now } = message;
        serverClock.hear(now);
        this.events.status({ status, heardAt, isCut });
        if (!this.isFollowing) {
          this.isFollowing = true;
          this.events.following();
        }
      }
    } else if (message.kind === "frame") {
      this.events.frame(message.frame);
    } else {
      this.events.message(message);
    }
  }
}
