import type { InboxFrame, WelcomeFrame } from "./frames";
import type { ConnectionStatus } from "../inboxState";
import type { Leadership, TabMessage, Tabs } from "./tabs";
import { LiveSocket, type LiveSocketSettings } from "./liveSocket";

export interface FeedEvents {
  status(status: ConnectionStatus, heardAt: number): void;
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
  private isLeading = false;
  private isFollowing = false;
  private told: { status: ConnectionStatus; heardAt: number } = { status: "connecting", heardAt: 0 };

  constructor(
    settings: LiveSocketSettings,
    private readonly leadership: Leadership,
    private readonly tabs: Tabs,
    private readonly events: FeedEvents,
  ) {
    this.socket = new LiveSocket(settings, {
      status: (status, heardAt) => {
        this.told = { status, heardAt };
        tabs.tell({ kind: "status", status, heardAt });
        events.status(status, heardAt);
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

  stop(): void {
    this.socket.stop();
    this.leadership.resign();
    this.tabs.close();
  }

  private hear(message: TabMessage): void {
    if (message.kind === "hello" && this.isLeading) {
      this.tabs.tell({ kind: "status", ...this.told });
    }
    if (message.kind === "status") {
      if (!this.isLeading) {
        this.events.status(message.status, message.heardAt);
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
