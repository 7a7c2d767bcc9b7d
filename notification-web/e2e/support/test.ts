/* eslint-disable no-empty-pattern -- Playwright reads from it what a fixture needs */
import { expect, test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Guard } from "./guard";
import { School, type DemoPerson } from "./school";
import { currentStack } from "./stack";
import { TcpProxy } from "./tcpProxy";

/** A user in front of a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

interface Fixtures {
  school: School;
  /** The way from the browsers to the gateway, for every test: without it no page has a socket. */
  network: TcpProxy;
  /** Watches every page of the test; it must be silent at the end. */
  guard: Guard;
  /** Opens a browser for a user who is not signed in and on no page yet. */
  visit: (options?: BrowserContextOptions) => Promise<Visitor>;
  /** Opens a browser for a person and signs in by the page's form; a test may do so twice for one person. */
  signIn: (person: DemoPerson, options?: BrowserContextOptions) => Promise<Visitor>;
}

const stack = currentStack();

export const test = base.extend<Fixtures>({
  school: new School(stack.pageUrl),

  network: [
    async ({ school }, use) => {
      const { websocket_url } = await school.call<{ websocket_url: string }>("ana", "GET", "/api/me/");
      if (new URL(websocket_url).port !== String(stack.proxyPort)) {
        throw new Error(`this stack sends pages to ${websocket_url}, past the tests' proxy: see e2e/README.md`);
      }
      const proxy = await TcpProxy.listen(stack.proxyPort, stack.gatewayPort);
      await use(proxy);
      await proxy.close();
    },
    { auto: true },
  ],

  guard: async ({}, use) => {
    const guard = new Guard();
    await use(guard);
    guard.expectSilence();
  },

  context: async ({ context, guard }, use) => {
    await guard.watch(context);
    await use(context);
  },

  visit: async ({ browser, guard }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
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
  await expect(page).not.toHaveURL(/\/sign-in/);
}
