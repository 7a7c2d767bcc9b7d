import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "./ports";
import { currentStack, type Stack } from "./stack";

const folder = fileURLToPath(new URL("../../dist/browser-tests", import.meta.url));

/**
 * Once in a run: takes the stack that the environment names, or chooses ports and an empty folder for one of our own.
 * What is chosen stands in the environment, for `./dev up` and for the processes that run the tests.
 */
export async function chooseStack(): Promise<Stack> {
  if (!process.env.BELFRY_TEST_PAGE_URL) {
    const [page, gateway, management, persister, kafka, controller, postgres, redis, proxy] = await freePorts(9);
    emptyFolder();
    const chosen = {
      BELFRY_TEST_STACK: "ours",
      BELFRY_TEST_PAGE_URL: `http://127.0.0.1:${page}`,
      BELFRY_TEST_PROXY_PORT: proxy,
      BELFRY_PUBLIC_WS_URL: `ws://127.0.0.1:${proxy}/ws/notifications/`,
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
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
