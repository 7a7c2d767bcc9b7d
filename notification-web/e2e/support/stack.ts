import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../dist/browser-tests", import.meta.url));

/**
 * Once in a run: takes the stack that the environment names, or chooses ports and an empty folder for one of our own.
 * What is chosen stands in the environment, for `./dev up` and for the processes that run the tests.
 */
export async function chooseStack() {
  if (!process.env.BELFRY_TEST_PAGE_URL) {
    const [page, gateway, management, persister, kafka, controller, postgres, redis, proxy, site] = await freePorts(10);
    emptyFolder();
    const chosen = {
      BELFRY_TEST_STACK: "ours",
      BELFRY_TEST_PAGE_URL: `http://127.0.0.1:${page}`,
      BELFRY_TEST_PROXY_PORT: proxy,
      BELFRY_PUBLIC_WS_URL: `ws://127.0.0.1:${proxy}/ws/notifications/`,
      BELFRY_TEST_SITE_PORT: site,
      BELFRY_CORS_ORIGINS: `http://127.0.0.1:${site}`,
      BELFRY_GATEWAY_ORIGINS: `http://127.0.0.1:${page},http://127.0.0.1:${site}`,
      BELFRY_PUBLIC_URL: "",
      BELFRY_API_PORT: page,
      BELFRY_GATEWAY_PORT: gateway,
      BELFRY_GATEWAY_MANAGEMENT_PORT: management,
      BELFRY_PERSISTER_PORT: persister,
      BELFRY_LOCAL_KAFKA_PORT: kafka,
      BELFRY_LOCAL_KAFKA_CONTROLLER_PORT: controller,
      BELFRY_LOCAL_POSTGRES_PORT: postgres,
      BELFRY_LOCAL_REDIS_PORT: redis,
      BELFRY_LOCAL_FOLDER: folder,
    };
    Object.entries(chosen).forEach(([name, value]) => (process.env[name] = String(value)));
    // Playwright stops what it has started when it is interrupted, and at no other signal.
    process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));
  }
  return currentStack();
}

/** Where the system under test is. The same for the process that starts it and for those that test it. */
export function currentStack() {
  const {
    BELFRY_TEST_PAGE_URL,
    BELFRY_TEST_PROXY_PORT,
    BELFRY_TEST_SITE_PORT,
    BELFRY_TEST_STACK,
    BELFRY_GATEWAY_PORT,
  } = process.env;
  if (!BELFRY_TEST_PAGE_URL) {
    throw new Error("no stack has been chosen");
  }
  return {
    pageUrl: BELFRY_TEST_PAGE_URL,
    gatewayPort: Number(BELFRY_GATEWAY_PORT ?? 8090),
    /** Where the page is told to find the gateway: the proxy of the tests listens there. */
    proxyPort: Number(BELFRY_TEST_PROXY_PORT ?? 18090),
    /** Of other sites' pages, whose origin the stack lets in. */
    sitePort: Number(BELFRY_TEST_SITE_PORT ?? 18100),
    /** Started for this run and stopped after it. */
    isOurs: BELFRY_TEST_STACK === "ours",
  };
}

/** Ends the api as a power cut would; what has started the stack starts it again. */
export function killApi(): void {
  const { port } = new URL(currentStack().pageUrl);
  const listeners = execFileSync("ss", ["-ltnpH", `sport = :${port}`], { encoding: "utf8" });
  const pid = /pid=(\d+)/.exec(listeners)?.[1];
  if (pid === undefined) {
    throw new Error(`no process listens on ${port}`);
  }
  process.kill(Number(pid), "SIGKILL");
}

/** Its data are removed at the next start only: its logs tell why a test failed. */
function emptyFolder(): void {
  const pid = join(folder, "pid");
  if (existsSync(pid) && isAlive(Number(readFileSync(pid, "utf8")))) {
    throw new Error(`browser tests are under way in this checkout already: ${pid}`);
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Ports without a listener, below what Linux and macOS hand out to clients: there a port can be taken by any outgoing
 * connection. Starts anywhere, so that runs side by side seldom meet.
 */
async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let port = 20_000 + Math.floor(Math.random() * 11_000); found.length < count; port++) {
    if (await isFree(port)) {
      found.push(port);
    }
  }
  return found;
}

const isFree = (port: number) =>
  new Promise<boolean>((tell) => {
    const server = createServer().once("error", () => tell(false));
    server.listen(port, () => server.close(() => tell(true)));
  });
