import { readFrame, writeFrame, type ClientFrame, type ServerFrame } from "./frames";

/** The part of a browser's WebSocket that is used; its constructor's arguments are those of {@link WebSocket}. */
export type SocketFactory = (url: string, protocols: string[]) => WebSocket;

export interface SocketEvents {
  frame(frame: ServerFrame): void;
  /** It ended, or was given up; once, and nothing is heard of it after that. Not after `close`. */
  closed(code: number): void;
}

/** How long a new socket may take until its first frame, and an old one until it answers a ping. */
const PATIENCE_MS = 10_000;

const ABNORMAL = 1006;

/** One connection to the gateway, from the handshake to its end. A silent one is asked for a sign of life, then given up. */
export class GatewaySocket {
  private readonly webSocket: WebSocket;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private heartbeatMs = PATIENCE_MS;
  private isOver = false;

  constructor(
    url: string,
    token: string,
    private readonly events: SocketEvents,
    open: SocketFactory = (address, protocols) => new WebSocket(address, protocols),
  ) {
    this.webSocket = open(url, ["belfry.v1", `bearer.${token}`]);
    this.webSocket.onmessage = (event: MessageEvent) => this.onMessage(event.data);
    this.webSocket.onclose = (event) => this.end(event.code);
    this.giveUpIn(PATIENCE_MS);
  }

  send(frame: ClientFrame): void {
    if (this.webSocket.readyState === WebSocket.OPEN) {
      this.webSocket.send(writeFrame(frame));
    }
  }

  /** Asks for a sign of life now: the network may have gone or come back. */
  check(): void {
    if (this.webSocket.readyState === WebSocket.OPEN) {
      this.send({ type: "ping" });
      this.giveUpIn(PATIENCE_MS);
    }
  }

  close(): void {
    this.isOver = true;
    clearTimeout(this.silence);
    this.webSocket.close(1000);
  }

  private onMessage(data: unknown): void {
    if (this.isOver) {
      return;
    }
    const frame = typeof data === "string" ? readFrame(data) : null;
    if (frame?.type === "welcome") {
      this.heartbeatMs = frame.heartbeat_seconds * 1000;
    }
    this.after(this.heartbeatMs, () => this.check());
    if (frame) {
      this.events.frame(frame);
    }
  }

  private giveUpIn(ms: number): void {
    this.after(ms, () => {
      this.webSocket.close();
      // A close handshake with a peer that is gone takes the browser a minute.
      this.end(ABNORMAL);
    });
  }

  private after(ms: number, act: () => void): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(act, ms);
  }

  private end(code: number): void {
    if (!this.isOver) {
      this.isOver = true;
      clearTimeout(this.silence);
      this.events.closed(code);
    }
  }
}
