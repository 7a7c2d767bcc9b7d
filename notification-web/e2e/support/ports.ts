import { once } from "node:events";
import { createServer } from "node:net";

/** Below what Linux and macOS hand out to clients: there a port can be taken by any outgoing connection. */
const LOWEST = 20_000;
const COUNT = 12_000;

/** So many ports that nobody listens on now. Starts anywhere, so that runs side by side seldom meet. */
export async function freePorts(count: number): Promise<number[]> {
  const first = Math.floor(Math.random() * COUNT);
  const found: number[] = [];
  for (let i = 0; i < COUNT && found.length < count; i++) {
    const port = LOWEST + ((first + i) % COUNT);
    if (await isFree(port)) {
      found.push(port);
    }
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port);
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
