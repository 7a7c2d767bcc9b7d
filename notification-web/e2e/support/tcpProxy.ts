import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

type Mode = "pass" | "refuse" | "blackhole";

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/**
 * Stands between browser and gateway and does to their connections what networks do. Taking a page offline in the
 * browser leaves its open sockets alone; this does not.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private mode: Mode = "pass";

  private constructor(
    private readonly listener: Server,
    private readonly targetPort: number,
  ) {
    listener.on("connection", (client) => this.accept(client));
  }

  /** Both ends on loopback. */
  static async listen(port: number, targetPort: number): Promise<TcpProxy> {
    const listener = createServer();
    const proxy = new TcpProxy(listener, targetPort);
    listener.listen(port, "127.0.0.1");
    await once(listener, "listening");
    return proxy;
  }

  /** Connections of browsers that are open now. */
  get connections(): number {
    return this.pairs.size;
  }

  /** Breaks every connection with RST; new ones pass. */
  cut(): void {
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
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
    for (const { client, server } of this.pairs) {
      client.unpipe(server);
      server.unpipe(client);
    }
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
    const pair = { client, server: connect(this.targetPort, "127.0.0.1") };
    this.pairs.add(pair);
    // What happens at one end happens at the other.
    for (const { from, to } of [
      { from: client, to: pair.server },
      { from: pair.server, to: client },
    ]) {
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

function flow({ client, server }: Pair): void {
  client.pipe(server);
  server.pipe(client);
}
