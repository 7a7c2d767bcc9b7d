import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The two ends of a connection. */
type Pair = readonly [client: Socket, gateway: Socket];

/**
 * Stands between browser and gateway and does to their connections what networks do. Taking a page offline in the
 * browser leaves its open sockets alone; this does not.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private readonly listener = createServer((client) => this.accept(client));
  private mode: "pass" | "refuse" | "blackhole" = "pass";

  private constructor(private readonly targetPort: number) {}

  /** Both ends on loopback. */
  static async listen(port: number, targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    await once(proxy.listener.listen(port, "127.0.0.1"), "listening");
    return proxy;
  }

  /** Connections of browsers that are open now. */
  get connections(): number {
    return this.pairs.size;
  }

  /** Breaks every connection with RST; new ones pass. */
  cut(): void {
    [...this.pairs].flat().forEach((end) => end.resetAndDestroy());
    this.pairs.clear();
  }

  /** Breaks every connection, and each new one, until it is healed. */
  refuse(): void {
    this.mode = "refuse";
    this.cut();
  }

  /** No connection breaks and nothing gets through, either way, until it is healed. Then everything arrives late. */
  blackhole(): void {
    this.mode = "blackhole";
    [...this.pairs].flat().forEach((end) => end.unpipe());
  }

  /** Lets everything pass again. */
  heal(): void {
    if (this.mode === "blackhole") {
      this.pairs.forEach(flow);
    }
    this.mode = "pass";
  }

  async close(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, "close");
  }

  private accept(client: Socket): void {
    if (this.mode === "refuse") {
      client.resetAndDestroy();
      return;
    }
    const gateway = connect(this.targetPort, "127.0.0.1");
    const pair: Pair = [client, gateway];
    this.pairs.add(pair);
    // What happens at one end happens at the other.
    for (const [from, to] of [pair, [gateway, client]] as const) {
      from.setNoDelay(true);
      from.on("error", () => to.resetAndDestroy());
      from.on("close", () => {
        this.pairs.delete(pair);
        to.end();
      });
    }
    if (this.mode === "pass") {
      flow(pair);
    }
  }
}

function flow([client, gateway]: Pair): void {
  client.pipe(gateway).pipe(client);
}
