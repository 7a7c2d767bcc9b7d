import type { Page } from "@playwright/test";
import { expectAccessible, picture } from "./support/looks";
import { killListenerOn } from "./support/processes";
import { expect, signInOn, test } from "./support/test";

const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Notifications" });
const titles = (page: Page) => panel(page).getByRole("listitem").getByRole("link").allTextContents();

async function openBell(page: Page): Promise<void> {
  await bell(page).click();
  await expect(panel(page)).toBeVisible();
}

test.describe("tabs and devices of one student", () => {
  test("share one socket, and what is read in one is read in the others", async ({ signIn, school, network }) => {
    await school.empty("ana");
    await school.notify(["ana"], { title: "Read me" });
    const { page, context } = await signIn("ana");
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
    const other = await context.newPage();
    await signInOn(other, "ana");
    await expect(bell(other)).toHaveAccessibleName("Notifications, 1 unread");
    const device = await signIn("ana");
    await expect(bell(device.page)).toHaveAccessibleName("Notifications, 1 unread");
    expect(network.connections).toBe(2);

    await openBell(other);
    await panel(other).getByRole("button", { name: "Mark as read: Read me" }).click();
    for (const shown of [page, other, device.page]) {
      await expect(bell(shown)).toHaveAccessibleName("Notifications");
    }
    expect(await school.unread("ana")).toBe(0);

    // The tab with the socket goes: another one opens its own, and nothing is missed.
    await page.close();
    await school.notify(["ana"], { title: "After the first tab" });
    await expect(bell(other)).toHaveAccessibleName("Notifications, 1 unread");
    await expect.poll(() => network.connections).toBe(2);
  });

  test("two people in two tabs of one browser never see each other's", async ({ signIn, school, network }) => {
    await school.empty("ana", "chen");
    const ana = await signIn("ana");
    const chen = await ana.context.newPage();
    await signInOn(chen, "chen");
    await expect(bell(chen)).toBeVisible();
    await expect.poll(() => network.connections).toBe(2);

    await school.notify(["chen"], { title: "For Chen" });
    await expect(bell(chen)).toHaveAccessibleName("Notifications, 1 unread");
    await school.notify(["ana"], { title: "For Ana" });
    await expect(bell(ana.page)).toHaveAccessibleName("Notifications, 1 unread");
    await openBell(ana.page);
    expect((await titles(ana.page)).join()).toContain("For Ana");
    await openBell(chen);
    expect((await titles(chen)).join()).toContain("For Chen");

    await chen.keyboard.press("Escape");
    await chen.getByRole("button", { name: "Sign out" }).click();
    await expect(chen).toHaveURL(/sign-in/);
    const kept = await ana.page.evaluate(() => Object.keys(localStorage).join() + document.cookie);
    expect(kept).not.toMatch(/token|eyJ|:6\b/);
    await expect(bell(ana.page)).toHaveAccessibleName("Notifications, 1 unread");
  });
});

test.describe("when the connection breaks", () => {
  test("a killed gateway: the status says so, nothing is missing afterwards, nothing is there twice", async ({
    signIn,
    school,
    stack,
    network,
    guard,
  }) => {
    guard.allow(/WebSocket connection to .* failed/);
    await school.empty("ana");
    await school.notify(["ana"], { title: "Before" });
    const { page } = await signIn("ana");
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
    await openBell(page);
    await expect(panel(page).getByText("Live", { exact: true })).toBeVisible();

    killListenerOn(stack.gatewayPort);
    // The next one is there within seconds: this is long enough to look.
    network.refuse();
    await expect(panel(page).getByText(/^Reconnecting… · up to date as of \d\d:\d\d$/)).toBeVisible();
    await picture(page, "bell-reconnecting");
    await expectAccessible(page);
    await school.notify(["ana"], { title: "While it was away 1" });
    await school.notify(["ana"], { title: "While it was away 2" });

    network.heal();
    await expect(panel(page).getByText("Live · caught up, 2 new")).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole("dialog", { name: /While it was away/ })).toBeHidden();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 3 unread");
    await panel(page).getByRole("button", { name: "Show 2 new notifications" }).click();
    await expect(panel(page).getByRole("listitem")).toHaveCount(3);
    const shown = await titles(page);
    expect(shown.map((title) => title.replace(/^Unread: /, ""))).toEqual([
      "While it was away 2",
      "While it was away 1",
      "Before",
    ]);
  });

  test("a cut connection is opened anew at once, a black hole is noticed", async ({
    signIn,
    school,
    network,
    guard,
  }) => {
    test.setTimeout(120_000);
    guard.allow(/WebSocket connection to .* failed/);
    await school.empty("ana");
    const { page } = await signIn("ana");
    await openBell(page);
    await expect(panel(page).getByText("Live", { exact: true })).toBeVisible();

    network.cut();
    await expect.poll(() => network.connections).toBe(1);
    await expect(panel(page).getByText(/^Live/)).toBeVisible();
    await school.notify(["ana"], { title: "After the cut" });
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");

    network.blackhole();
    await school.notify(["ana"], { title: "Into the black hole" });
    await expect(panel(page).getByText(/^Reconnecting…/)).toBeVisible({ timeout: 45_000 });
    network.heal();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread", { timeout: 45_000 });
    await expect(panel(page).getByText(/^Live/)).toBeVisible({ timeout: 45_000 });
  });

  test("what is read offline is sent once and in order when the network is back", async ({
    signIn,
    school,
    network,
    guard,
  }) => {
    guard.allow(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection to .* failed/);
    await school.empty("ana");
    await school.notify(["ana"], { title: "First" });
    await school.notify(["ana"], { title: "Second" });
    const { page, context } = await signIn("ana");
    await openBell(page);
    await expect(panel(page).getByRole("listitem")).toHaveCount(2);
    const sent: string[] = [];
    page.on("requestfinished", (request) => {
      if (request.method() === "PATCH") {
        sent.push(request.url().replace(/.*\/(\d+)\/(\w+)\/$/, "$2"));
      }
    });

    await context.setOffline(true);
    network.cut();
    await expect(panel(page).getByText(/^Offline/)).toBeVisible();
    await panel(page).getByRole("button", { name: "Mark as read: First" }).click();
    await panel(page).getByRole("button", { name: "Mark as read: Second" }).click();
    await panel(page).getByRole("button", { name: "Mark as unread: First" }).click();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
    await picture(page, "bell-offline");
    await expectAccessible(page);
    expect(await school.unread("ana")).toBe(2);

    await context.setOffline(false);
    await expect(panel(page).getByText(/^Live/)).toBeVisible({ timeout: 20_000 });
    // The first change leaves 1 unread as the last does: only when all three are sent is the number the end's.
    await expect.poll(() => sent).toEqual(["mark_read", "mark_read", "mark_unread"]);
    expect(await school.unread("ana")).toBe(1);
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  });
});

test("what is being read does not move: new ones wait behind a pill, and a storm makes no toasts", async ({
  signIn,
  school,
}) => {
  await school.empty("ana");
  for (let i = 1; i <= 25; i++) {
    await school.notify(["ana"], { title: `Earlier ${i}`, notification_type: i % 2 ? "message" : "exam_result" });
  }
  const { page } = await signIn("ana");
  await openBell(page);
  await expect(panel(page).getByRole("listitem").first()).toContainText("Earlier 25");
  await school.notify(["ana"], { title: "Newest" });
  await expect(panel(page).getByRole("button", { name: "Show 1 new notification" })).toBeVisible();
  await expect(panel(page).getByRole("listitem").first()).toContainText("Earlier 25");
  await expect(page.getByRole("dialog", { name: "Newest" })).toBeHidden();
  await picture(page, "bell-pill");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Show 1 new notification" }).click();
  await expect(panel(page).getByRole("listitem").first()).toContainText("Newest");

  await panel(page)
    .getByRole("tab", { name: /Unread/ })
    .click();
  await panel(page).getByRole("listitem").last().scrollIntoViewIfNeeded();
  await expect(panel(page).getByText("That’s all.")).toBeVisible();
  await expect(panel(page).getByRole("listitem")).toHaveCount(26);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(bell(page)).toBeFocused();

  await Promise.all(Array.from({ length: 12 }, (_, i) => school.notify(["ana"], { title: `Storm ${i}` })));
  await expect(bell(page)).toHaveAccessibleName("Notifications, 38 unread");
  expect(await page.getByRole("dialog", { name: /^Storm/ }).count()).toBeLessThanOrEqual(3);
});

test("deleting can be undone, and is sent when the page goes", async ({ signIn, school }) => {
  await school.empty("ana");
  await school.notify(["ana"], { title: "Keep" });
  await school.notify(["ana"], { title: "Drop" });
  const { page } = await signIn("ana");
  await openBell(page);
  await panel(page).getByRole("button", { name: "Delete: Keep" }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  await picture(page, "bell-undo");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Undo: Keep" }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");

  await panel(page).getByRole("button", { name: "Delete: Drop" }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  expect((await school.inbox("ana")).count).toBe(2);
  await page.goto("about:blank");
  await expect.poll(async () => (await school.inbox("ana")).results.map(({ title }) => title)).toEqual(["Keep"]);
});
