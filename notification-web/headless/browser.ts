import { WebSocket } from "ws";
import { FakeBrowser } from "../src/testing/fakeBrowser";
import { FakePage } from "../src/testing/fakePage";

/** What the clients could not tell anybody: errors of listeners, complaints on the console, rejections nobody awaited. */
export const complaints: string[] = [];

const complain = (...words: unknown[]) => {
  complaints.push(words.map((word) => (word instanceof Error ? (word.stack ?? word.message) : String(word))).join(" "));
};

/** `ws` tells of a connection that failed by `error` too, which ends a process where nobody listens. Browsers do not mind. */
class BrowserWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols);
    this.on("error", () => {});
  }
}

/** Gives this process the names of a browser that the client uses and Node 20 does not have. */
export function actAsBrowser(): void {
  Object.assign(globalThis, { WebSocket: BrowserWebSocket, reportError: complain });
  console.warn = console.error = complain;
  process.on("uncaughtException", complain);
  process.on("unhandledRejection", complain);
}

/**
 * One person's browser: what its tabs share, and what it says of the network. Sockets, HTTP and the channel between tabs are
 * real (`ws`, and Node's `fetch` and `BroadcastChannel`); locks and storage are those of the unit tests.
 */
export class Browser {
  private readonly shared = new FakeBrowser();
  private readonly pages = new Set<FakePage>();
  private isOnline = true;
  private dialled = 0;

  /** @param gateways dialled in turns, as a load balancer in front of them would have it */
  constructor(private readonly gateways: readonly string[]) {}

  get locks(): LockManager {
    return this.shared.locks;
  }

  get storage(): Storage {
    return this.shared.storage;
  }

  /** How many sockets were asked for. */
  get dials(): number {
    return this.dialled;
  }

  readonly openSocket = (_url: string, protocols: string[]): globalThis.WebSocket => {
    const gateway = this.gateways[this.dialled++ % this.gateways.length] ?? "";
    return new globalThis.WebSocket(gateway, protocols);
  };

  newPage(): FakePage {
    const page = new FakePage();
    page.online = this.isOnline;
    this.pages.add(page);
    return page;
  }

  closePage(page: FakePage): void {
    page.leave();
    this.pages.delete(page);
  }

  /** What the browser says of its network; the network itself is somebody else's. */
  setOnline(online: boolean): void {
    this.isOnline = online;
    this.pages.forEach((page) => {
      page.set({ online });
    });
  }
}
