import type { InboxFrame, WelcomeFrame } from "./frames";
import type { ConnectionStatus, OwnChange } from "../inboxState";
import type { Numbers } from "./notification";

export type SocketStatus = Exclude<ConnectionStatus, "polling" | "unreachable" | "rejected">;

/** An own change on its way to the api. */
export interface Entry {
  /** Different for each change ever made. */
  readonly id: string;
  readonly change: OwnChange;
}

/** How an own change ended: with numbers of the inbox that contain it, or refused. */
export type Outcome = { readonly numbers: Numbers } | { readonly refused: string };

/** How the one socket is doing. */
export interface SocketNews {
  readonly status: SocketStatus;
  /** When something was last heard, in ms since 1970 by the server's clock; 0 = never. */
  readonly heardAt: number;
  /** For seconds there was none. */
  readonly isCut: boolean;
}

/** What the tabs of one user tell each other. `leader` and `all` say who does the telling. */
export type TabMessage =
  /** leader: a frame of the one socket. */
  | { readonly kind: "frame"; readonly frame: InboxFrame | WelcomeFrame }
  /** leader: how the one socket is doing; `now` is what it takes for the server's time, in ms since 1970. */
  | ({ readonly kind: "status"; readonly now: number } & SocketNews)
  /** all: a new tab, which would like to know the status and the queue. */
  | { readonly kind: "hello" }
  /** leader: the own changes that wait; `isNew` when another tab led before. */
  | { readonly kind: "queue"; readonly entries: readonly Entry[]; readonly isNew: boolean }
  /** all: an own change for the leader to send. */
  | { readonly kind: "submit"; readonly entry: Entry }
  /** leader: how an own change ended. */
  | { readonly kind: "settled"; readonly entry: Entry; readonly outcome: Outcome }
  /** all: the user signed out here. */
  | { readonly kind: "forget" };

/** The other tabs of this user. What is told them may be lost, as frames may: nothing relies on one message. */
export interface Tabs {
  tell(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): void;
  close(): void;
}

export const noOtherTabs: Tabs = { tell() {}, listen() {}, close() {} };

/** @param name the same in all tabs of one user of one installation. Where the browser refuses channels, there are no others */
export function tabsByBroadcast(name: string): Tabs {
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(name);
  } catch {
    return noOtherTabs;
  }
  return {
    tell(message) {
      channel.postMessage(message);
    },
    listen(listener) {
      channel.onmessage = (event: MessageEvent<TabMessage>) => listener(event.data);
    },
    close() {
      channel.close();
    },
  };
}

/**
 * One tab of all that ask for the same name leads; when it closes, crashes or resigns, another does. By the Web Locks
 * API; without it, or where the browser refuses it, every tab leads.
 */
export class Leadership {
  private readonly withdrawal = new AbortController();
  private resignation: (() => void) | undefined;

  constructor(
    private readonly name: string,
    private readonly locks: LockManager | null,
  ) {}

  /** @param lead called once, when this tab leads, perhaps never */
  stand(lead: () => void): void {
    if (!this.locks) {
      lead();
      return;
    }
    const { signal } = this.withdrawal;
    const held = () => {
      lead();
      return new Promise<void>((resign) => {
        this.resignation = resign;
      });
    };
    this.locks.request(this.name, { signal }, held).catch(() => {
      if (!signal.aborted && !this.resignation) {
        lead();
      }
    });
  }

  resign(): void {
    this.withdrawal.abort();
    this.resignation?.();
  }
}

/** Null where the browser has none, or refuses them. */
export function browserLocks(): LockManager | null {
  try {
    return (navigator as { readonly locks?: LockManager }).locks ?? null;
  } catch {
    return null;
  }
}
