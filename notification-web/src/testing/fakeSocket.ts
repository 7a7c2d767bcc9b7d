import { expect } from "vitest";
import { golden } from "./golden";

/** A WebSocket without a network: the test is the gateway. */
export class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readyState: number = WebSocket.CONNECTING;
  readonly sent: { readonly type: string; readonly [field: string]: unknown }[] = [];
  /** The code with which the client closed it; null = it did not. */
  closedByClient: number | null = null;

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }

  close(code = 1005): void {
    if (this.readyState !== WebSocket.CLOSED) {
      this.closedByClient = code;
      this.readyState = WebSocket.CLOSED;
    }
  }

  /** The gateway lets the client in, which may then be silent for long. */
  welcome(fields: object = {}): void {
    this.readyState = WebSocket.OPEN;
    const now = Date.now();
    const life = { time: new Date(now).toISOString(), token_expires_at: new Date(now + 900_000).toISOString() };
    const welcome = JSON.parse(golden("frames/welcome.json")) as object;
    this.receive({ ...welcome, ...life, heartbeat_seconds: 3_000, ...fields });
  }

  receive(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The gateway or the network ends it. */
  end(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }
}

/** The sockets that a client opened, in order. */
export class FakeGateway {
  readonly sockets: FakeSocket[] = [];

  readonly open = (url: string, protocols: string[]): WebSocket => {
    const socket = new FakeSocket(url, protocols);
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  };

  /** A browser's `WebSocket` that leads here. */
  readonly webSocket = new Proxy(WebSocket, {
    construct: (_, [url, protocols]: [string, string[]]) => this.open(url, protocols),
  });

  /** Each client that was let in hears it. */
  readonly announce = (frame: object): void =>
    this.sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).forEach((socket) => socket.receive(frame));

  /** The last one that was opened. */
  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) {
      throw new Error("no socket was opened");
    }
    return socket;
  }

  /** Those that neither side has closed. */
  get alive(): FakeSocket[] {
    return this.sockets.filter((socket) => socket.readyState !== WebSocket.CLOSED);
  }

  assertOpened(count: number): void {
    expect(this.sockets, "sockets opened so far").toHaveLength(count);
  }
}
