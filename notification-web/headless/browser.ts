import { WebSocket } from "ws";
import { FakeBrowser, FakePage } from "../src/testing/fakeBrowser";

/** Errors of listeners, complaints on the console, rejections that no code awaits. */
export const complaints: string[] = [];

const complain = (...words: unknown[]) =>
  complaints.push(words.map((word) => (word instanceof Error ? (word.stack ?? word.message) : String(word))).join(" "));

/** `ws` tells of a connection that failed by `error` too, which ends a process without a listener. Browsers do not mind. */
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
 * One user's browser: what its tabs share, and what it says of the network. Sockets, HTTP and the channel between tabs are
 * real (`ws`, and Node's `fetch` and `BroadcastChannel`); locks and storage are those of the unit tests.
 */
export class Browser {
  readonly shared = new FakeBrowser();
  /** How many sockets were asked for. */
  dials = 0;
  private readonly pages = new Set<FakePage>();
  private isOnline = true;

  /** @param gateways dialled in turns, as a load balancer in front of them would have it */
  constructor(private readonly gateways: readonly string[]) {}

  readonly openSocket = (_url: string, protocols: string[]): globalThis.WebSocket =>
    new globalThis.WebSocket(this.gateways[this.dials++ % this.gateways.length] ?? "", protocols);

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

  /** What the browser says of its network; the network itself is another matter. */
  setOnline(online: boolean): void {
    this.isOnline = online;
    this.pages.forEach((page) => page.set({ online }));
  }
}
