import { bell, expectUnread, items, links, openBell, panel, press, tab } from "./support/bell";
import { expectGoodLooks } from "./support/looks";
import { expect, signInOn, test } from "./support/test";

test.describe("tabs and devices of one student", () => {
  test("share one socket, and what is read in one is read in the others", async ({ signIn, school, network }) => {
    await school.fill("ana", "Read me");
    const { page, context } = await signIn("ana");
    await expectUnread(page, 1);
    const other = await context.newPage();
    await signInOn(other, "ana");
    await expectUnread(other, 1);
    const device = await signIn("ana");
    await expectUnread(device.page, 1);
    // The badge may be there before the socket is.
    await expect.poll(() => network.connections).toBe(2);

    await openBell(other);
    await press(other, "Mark as read: Read me");
    for (const shown of [page, other, device.page]) {
      await expectUnread(shown, 0);
    }
    await expect.poll(() => school.unread("ana")).toBe(0);
    expect(network.connections).toBe(2);

    // The tab with the socket goes: another one opens its own, and nothing is missed.
    await page.close();
    await school.notify("ana", { title: "After the first tab" });
    await expectUnread(other, 1);
    await expect.poll(() => network.connections).toBe(2);
  });

  test("two people in two tabs of one browser never see each other's", async ({ signIn, school, network }) => {
    await Promise.all([school.empty("ana"), school.empty("chen")]);
    const ana = await signIn("ana");
    const chen = await ana.context.newPage();
    await signInOn(chen, "chen");
    await expect(bell(chen)).toBeVisible();
    await expect.poll(() => network.connections).toBe(2);

    await school.notify("chen", { title: "For Chen" });
    await expectUnread(chen, 1);
    await school.notify("ana", { title: "For Ana" });
    await expectUnread(ana.page, 1);
    await openBell(ana.page);
    await expect(items(ana.page)).toHaveText([/For Ana/]);
    await openBell(chen);
    await expect(items(chen)).toHaveText([/For Chen/]);

    await chen.keyboard.press("Escape");
    await chen.getByRole("button", { name: "Sign out" }).click();
    await expect(chen).toHaveURL(/sign-in/);
    const kept = () => ana.page.evaluate(() => Object.keys(localStorage).join() + document.cookie);
    await expect.poll(kept).not.toMatch(/token|eyJ|:6\b/);
    await expectUnread(ana.page, 1);
  });
});

test.describe("when the connection breaks", () => {
  test("for a while, nothing is missing or twice", async ({ signIn, school, network, guard }) => {
    guard.allow(/WebSocket connection to .* failed/);
    await school.fill("ana", "Before");
    const { page } = await signIn("ana");
    await expectUnread(page, 1);
    await openBell(page);
    await expect(panel(page).getByText("Live", { exact: true })).toBeVisible();

    network.refuse();
    await expect(panel(page).getByText(/^Reconnecting… · up to date as of \d\d:\d\d$/)).toBeVisible();
    await expectGoodLooks(page, "bell-reconnecting");
    await school.notify("ana", { title: "While it was away 1" });
    await school.notify("ana", { title: "While it was away 2" });

    network.heal();
    await expect(panel(page).getByText("Live · caught up, 2 new")).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole("dialog", { name: /While it was away/ })).toBeHidden();
    await expectUnread(page, 3);
    await press(page, "Show 2 new notifications");
    const newestFirst = ["While it was away 2", "While it was away 1", "Before"];
    await expect(links(page)).toHaveText(newestFirst.map((title) => `Unread: ${title}`));
  });

  test("by a cut or a black hole, it is opened anew", async ({ signIn, school, network, guard }) => {
    test.setTimeout(120_000);
    guard.allow(/WebSocket connection to .* failed/);
    await school.empty("ana");
    const { page } = await signIn("ana");
    await openBell(page);
    await expect(panel(page).getByText("Live", { exact: true })).toBeVisible();

    network.cut();
    await expect.poll(() => network.connections).toBe(1);
    await expect(panel(page).getByText(/^Live/)).toBeVisible();
    await school.notify("ana", { title: "After the cut" });
    await expectUnread(page, 1);

    network.blackhole();
    await school.notify("ana", { title: "Into the black hole" });
    await expect(panel(page).getByText(/^Reconnecting…/)).toBeVisible({ timeout: 45_000 });
    network.heal();
    await expectUnread(page, 2, 45_000);
    await expect(panel(page).getByText(/^Live/)).toBeVisible({ timeout: 45_000 });
  });

  test("what is read meanwhile is sent once and in order", async ({ signIn, school, network, guard }) => {
    guard.allow(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection to .* failed/);
    await school.fill("ana", "First", "Second");
    const { page, context } = await signIn("ana");
    await openBell(page);
    await expect(items(page)).toHaveCount(2);
    const sent: string[] = [];
    page.on("requestfinished", (request) => {
      if (request.method() === "PATCH") {
        sent.push(request.url().replace(/.*\/(\d+)\/(\w+)\/$/, "$2"));
      }
    });

    await context.setOffline(true);
    network.cut();
    await expect(panel(page).getByText(/^Offline · up to date as of \d\d:\d\d$/)).toBeVisible();
    await press(page, "Mark as read: First");
    await press(page, "Mark as read: Second");
    await press(page, "Mark as unread: First");
    await expectUnread(page, 1);
    await expectGoodLooks(page, "bell-offline");
    await expect.poll(() => school.unread("ana")).toBe(2);

    await context.setOffline(false);
    await expect(panel(page).getByText(/^Live/)).toBeVisible({ timeout: 20_000 });
    // The first change leaves 1 unread as the last does: only when all three are sent is the number the end's.
    await expect.poll(() => sent).toEqual(["mark_read", "mark_read", "mark_unread"]);
    await expect.poll(() => school.unread("ana")).toBe(1);
    await expectUnread(page, 1);
  });
});

test("new ones wait behind a pill, and a storm makes no toasts", async ({ signIn, school }) => {
  await school.empty("ana");
  for (let i = 1; i <= 25; i++) {
    await school.notify("ana", { title: `Earlier ${i}`, notification_type: i % 2 ? "message" : "exam_result" });
  }
  const { page } = await signIn("ana");
  await openBell(page);
  await expect(items(page).first()).toContainText("Earlier 25");
  await school.notify("ana", { title: "Newest" });
  await expect(panel(page).getByRole("button", { name: "Show 1 new notification" })).toBeVisible();
  await expect(items(page).first()).toContainText("Earlier 25");
  await expect(page.getByRole("dialog", { name: "Newest" })).toBeHidden();
  await expectGoodLooks(page, "bell-pill");
  await press(page, "Show 1 new notification");
  await expect(items(page).first()).toContainText("Newest");

  await tab(page, /Unread/).click();
  await items(page).last().scrollIntoViewIfNeeded();
  await expect(panel(page).getByText("That’s all.")).toBeVisible();
  await expect(items(page)).toHaveCount(26);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await Promise.all(Array.from({ length: 12 }, (_, i) => school.notify("ana", { title: `Storm ${i}` })));
  await expectUnread(page, 38);
  // Looked at once: they go by themselves.
  const toasts = await page.getByRole("dialog", { name: /^Storm/ }).count();
  expect(toasts).toBeLessThanOrEqual(3);
});

test("deleting is sent when the page goes", async ({ signIn, school }) => {
  await school.fill("ana", "Keep", "Drop");
  const { page } = await signIn("ana");
  await openBell(page);
  await press(page, "Delete: Drop");
  await expectUnread(page, 1);
  await expect.poll(async () => (await school.inbox("ana")).count).toBe(2);
  await page.goto("about:blank");
  const kept = async () => (await school.inbox("ana")).results.map(({ title }) => title);
  await expect.poll(kept).toEqual(["Keep"]);

  // It can be undone for five seconds: a look at it may take longer.
  const other = (await signIn("ana")).page;
  await openBell(other);
  await press(other, "Delete: Keep");
  await expectGoodLooks(other, "bell-undo");
});
