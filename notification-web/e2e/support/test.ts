import { expect, test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Guard } from "./guard";
import { School, type DemoPerson } from "./school";
import { currentStack, type Stack } from "./stack";
import { TcpProxy } from "./tcpProxy";

/** A user in front of a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

interface TestFixtures {
  /** Watches every page of the test; it must be silent at the end. */
  guard: Guard;
  /** Opens a browser for a user who is not signed in and on no page yet. */
  visit: (options?: BrowserContextOptions) => Promise<Visitor>;
  /** Opens a browser for a person and signs in by the page's form; a test may do so twice for one person. */
  signIn: (person: DemoPerson, options?: BrowserContextOptions) => Promise<Visitor>;
  /** The way from the browsers to the gateway; healed after each test. */
  network: TcpProxy;
}

interface WorkerFixtures {
  stack: Stack;
  school: School;
  gatewayProxy: TcpProxy;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stack: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from it what the fixture needs
    async ({}, use) => {
      await use(currentStack());
    },
    { scope: "worker" },
  ],

  school: [
    async ({ stack }, use) => {
      await use(new School(stack.pageUrl));
    },
    { scope: "worker" },
  ],

  // For every test: without it no page has a socket.
  gatewayProxy: [
    async ({ stack }, use) => {
      const proxy = await TcpProxy.listen(stack.proxyPort, stack.gatewayPort);
      await use(proxy);
      await proxy.close();
    },
    { scope: "worker", auto: true },
  ],

  network: async ({ gatewayProxy, school, stack }, use) => {
    const { websocket_url } = await school.call<{ websocket_url: string }>("ana", "GET", "/api/me/");
    if (new URL(websocket_url).port !== String(stack.proxyPort)) {
      throw new Error(`this stack sends pages to ${websocket_url}, past the tests' proxy: see e2e/README.md`);
    }
    await use(gatewayProxy);
    gatewayProxy.heal();
  },

  // eslint-disable-next-line no-empty-pattern -- as above
  guard: async ({}, use) => {
    const guard = new Guard();
    await use(guard);
    guard.expectSilence();
  },

  context: async ({ context, guard }, use) => {
    await guard.watch(context);
    await use(context);
  },

  visit: async ({ browser, guard, contextOptions, baseURL, locale, timezoneId, viewport }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const settings = { ...contextOptions, baseURL, locale, timezoneId, viewport, ...options };
      const context = await browser.newContext(settings);
      contexts.push(context);
      await guard.watch(context);
      return { context, page: await context.newPage() };
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  signIn: async ({ visit }, use) => {
    await use(async (person, options) => {
      const visitor = await visit(options);
      await signInOn(visitor.page, person);
      return visitor;
    });
  },
});

export { expect };

/** Goes to the sign-in page and signs in there. */
export async function signInOn(page: Page, person: DemoPerson): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: new RegExp(`\\b${person}\\b`, "i") }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeHidden();
}
