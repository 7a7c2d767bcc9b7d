import type { Page } from "@playwright/test";
import { bell, expectUnread } from "./support/bell";
import { expectGoodLooks } from "./support/looks";
import { expect, signInOn, test } from "./support/test";

const told = (page: Page) => page.getByRole("contentinfo").getByRole("paragraph");
const row = (page: Page, name: RegExp) => page.getByRole("main").getByRole("link", { name });

/** The page is kept, all of it. */
const isKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), { timeout: 20_000 }).toBe(true);

test.describe("a start without a network", () => {
  test("shows the last list and of when it is; what is done then is sent later", async ({
    signIn,
    school,
    network,
    guard,
  }) => {
    guard.allow(
      /ERR_INTERNET_DISCONNECTED/,
      /WebSocket connection to .* failed/,
      /unknown error occurred when fetching/,
    );
    await school.fill("ana", "Kept");
    const { page, context } = await signIn("ana");
    await page.goto("/notifications");
    await expectUnread(page, 1);
    await isKept(page);

    await context.setOffline(true);
    network.cut();
    await page.reload();
    await expect(row(page, /Kept/)).toBeVisible();
    await expect(told(page)).toHaveText(/^Offline · up to date as of \d\d:\d\d$/);
    await expectUnread(page, 1);
    await expectGoodLooks(page, "offline-start");
    await page.getByRole("button", { name: "Mark as read: Kept" }).click();
    await expectUnread(page, 0);

    await school.notify("ana", { title: "Meanwhile" });
    await context.setOffline(false);
    await expect(row(page, /Meanwhile/)).toBeVisible({ timeout: 20_000 });
    await expectUnread(page, 1);
    await expect.poll(() => school.unread("ana")).toBe(1);
    await expect(told(page)).toHaveText(/^Live/, { timeout: 20_000 });
  });

  test("keeps no answer of the api, and nothing of a user who signed out", async ({ signIn, school }) => {
    await school.fill("bruno", "Of Bruno");
    const { page } = await signIn("bruno");
    await expectUnread(page, 1);
    await isKept(page);
    const kept = () =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return requests.flat().map(({ url }) => new URL(url).pathname);
      });
    await expect.poll(kept).toContain("/");
    await expect.poll(async () => (await kept()).filter((path) => path.startsWith("/api/"))).toEqual([]);
    const stored = () => page.evaluate(() => JSON.stringify(localStorage));
    await expect.poll(stored).toContain("Of Bruno");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/sign-in/);
    await expect.poll(stored).not.toContain("Bruno");
  });

  test("never holds a reader on a former page while there is a network", async ({ signIn, guard }) => {
    guard.allow(
      /ERR_INTERNET_DISCONNECTED/,
      /WebSocket connection to .* failed/,
      /unknown error occurred when fetching/,
    );
    const { page, context } = await signIn("ana");
    await isKept(page);
    await page.evaluate(async () => {
      const former = new Response("<h1>Former</h1>", { headers: { "Content-Type": "text/html" } });
      await (await caches.open((await caches.keys())[0] ?? "")).put("/", former);
    });
    await page.reload();
    await expect(bell(page)).toBeVisible();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Former" })).toBeVisible();
  });
});

test("the page can be installed", async ({ page }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await page.request.get(href ?? "");
  expect(manifest.headers()["content-type"]).toMatch(/^application\/json/);
  const { icons } = (await manifest.json()) as { icons: { src: string; type: string }[] };
  for (const { src, type } of icons) {
    const icon = await page.request.get(src);
    expect(icon.headers()["content-type"]).toBe(type);
  }
  const worker = await page.request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  expect(worker.headers()["content-type"]).toMatch(/javascript/);
});

interface Recorded {
  shown: { title: string; close: () => void; onclose?: () => void; onclick?: () => void }[];
  badge: number | undefined;
}

/** Records what the page asks of the computer, and lets a test hide it: a browser without a window shows neither. */
function record(): void {
  const recorded: Recorded = { shown: [], badge: undefined };
  class Shown {
    static readonly permission = "granted";
    static readonly requestPermission = () => Promise.resolve("granted");
    onclose?: () => void;
    constructor(readonly title: string) {
      recorded.shown.push(this);
    }
    close() {
      recorded.shown = recorded.shown.filter((other) => other !== this);
      this.onclose?.();
    }
  }
  const setAppBadge = (unread: number) => Promise.resolve(void (recorded.badge = unread));
  Object.assign(window, { recorded, Notification: Shown });
  Object.assign(navigator, { setAppBadge, clearAppBadge: () => setAppBadge(0) });
}

const recordedOn = (page: Page) =>
  page.evaluate(() => {
    const { shown, badge } = (window as unknown as { recorded: Recorded }).recorded;
    return { titles: shown.map(({ title }) => title), badge };
  });

async function turn(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("what arrives unseen is on the desktop once, whatever tabs there are, until it is read; and on the icons", async ({
  visit,
  school,
}) => {
  await school.empty("ana");
  const { page, context } = await visit();
  await context.addInitScript(record);
  await signInOn(page, "ana");
  await page.goto("/notifications");
  await page.getByRole("button", { name: "Notify me on this computer" }).click();
  await expectGoodLooks(page, "desktop-switch");
  const other = await context.newPage();
  await signInOn(other, "ana");
  await expectUnread(other, 0);
  await expect(told(other)).toHaveText("Live");
  for (const tab of [page, other]) {
    // Loaded after the list, as toasts are.
    await expect(tab.locator(".belfry-toasts")).toBeAttached();
  }
  const titles = async () => [...(await recordedOn(page)).titles, ...(await recordedOn(other)).titles];

  // The tab with the socket is hidden, the other one is seen.
  await turn(page, "hidden");
  await school.notify("ana", { title: "In a toast" });
  await expect(other.getByRole("dialog", { name: "In a toast" })).toBeVisible();
  await turn(other, "hidden");
  await school.notify("ana", { title: "Unseen" });
  await expect.poll(titles).toEqual(["Unseen"]);
  await expect.poll(async () => (await recordedOn(page)).badge).toBe(2);
  await expect(other.locator('link[rel="icon"]')).toHaveAttribute("href", /^data:image\/png/);

  await school.call("ana", "POST", "/api/notifications/mark_all_read/", {});
  await expect.poll(titles).toEqual([]);
  await expect.poll(async () => (await recordedOn(page)).badge).toBe(0);
  await expect(other.locator('link[rel="icon"]')).toHaveAttribute("href", /favicon\.svg$/);
});
