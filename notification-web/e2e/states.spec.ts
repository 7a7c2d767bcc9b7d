import type { Page } from "@playwright/test";
import { expectUnread, items, openBell, panel } from "./support/bell";
import { expectGoodLooks } from "./support/looks";
import { expect, signInOn, test } from "./support/test";

/** What a reader is told of the connection. */
const told = (page: Page) => page.getByRole("contentinfo").getByRole("paragraph");
/** So soon must be said what is wrong. */
const soon = { timeout: 5_000 };

test("where sockets are blocked, all tabs say that they check every minute; then they are live", async ({
  signIn,
  school,
  network,
  guard,
}) => {
  guard.allow(/WebSocket connection to .* failed/);
  network.refuse();
  await school.empty("ana");
  const { page, context } = await signIn("ana");
  const other = await context.newPage();
  await signInOn(other, "ana");
  for (const shown of [page, other]) {
    await expect(told(shown)).toHaveText(/Checking every minute · last checked \d\d:\d\d$/, soon);
  }
  await openBell(page);
  await expectGoodLooks(page, "bell-polling");
  await school.notify("ana", { title: "By a check" });
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expectUnread(page, 1);
  await expect(items(page).first()).toContainText("By a check");

  network.heal();
  for (const shown of [page, other]) {
    await expect(told(shown)).toHaveText(/^Live/, { timeout: 45_000 });
  }
});

test("a handshake that hangs is no reason to be silent", async ({ signIn, network }) => {
  network.blackhole();
  const { page } = await signIn("ana");
  await expect(told(page)).toHaveText(/Checking every minute · last checked \d\d:\d\d$/, soon);
  network.heal();
  await expect(told(page)).toHaveText(/^Live/, { timeout: 45_000 });
});

for (const how of ["gives no answer", "is down"]) {
  test(`an api that ${how} is told, with the next try and a button for it`, async ({ visit, guard }) => {
    guard.allow(/Failed to load resource/);
    const { page } = await visit();
    // One that was here before would begin with what was kept.
    await page.route(/\/api\/(me|notifications)\//, (route) =>
      how === "is down" ? route.fulfill({ status: 502, body: "" }) : undefined,
    );
    await signInOn(page, "ana");
    await page.getByRole("link", { name: "Notifications" }).click();
    await expect(told(page)).toContainText(/The server cannot be reached · (next try at|Trying again)/i, soon);
    await expect(page.getByText("Your notifications cannot be shown at the moment.")).toBeVisible(soon);
    await expectGoodLooks(page, `unreachable-${how.replaceAll(" ", "-")}`);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    if (how === "is down") {
      await page.getByRole("contentinfo").getByRole("button", { name: "Try now" }).click();
    }
    await expect(told(page)).toHaveText("Live", { timeout: 30_000 });
  });
}

test("a page without a network says so, and goes on by itself", async ({ signIn, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection to .* failed/, /unknown error occurred when fetching/);
  const { page, context } = await signIn("ana");
  await expect(told(page)).toHaveText("Live");
  // The page's files are loaded ahead, two seconds after the list.
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Algebra" }).click();
  await expect(page.getByText("The course cannot be shown at the moment. It is tried again by itself.")).toBeVisible(
    soon,
  );
  await expect(told(page)).toContainText(/^Offline/);
  await expectGoodLooks(page, "course-offline");
  await context.setOffline(false);
  await expect(page.getByRole("heading", { name: "Algebra" })).toBeVisible();
  await expect(told(page)).toHaveText(/^Live/, { timeout: 20_000 });
});

test("an api that refuses is told as that", async ({ signIn, guard }) => {
  guard.allow(/403/);
  const { page } = await signIn("ana");
  const problem = { title: "Forbidden", status: 403, detail: "No inbox" };
  await page.route(/\/api\/me\/$/, (route) => route.fulfill({ status: 403, json: problem }));
  await page.reload();
  await expect(told(page)).toContainText("Your notifications cannot be shown: the server refuses.", soon);
  await expectGoodLooks(page, "refused");
});

test("times are right on a computer whose clock is an hour off", async ({ visit, school }) => {
  await school.empty("ana");
  const { page } = await visit();
  await page.clock.install({ time: Date.now() + 3_600_000 });
  await signInOn(page, "ana");
  await expect(told(page)).toHaveText("Live");
  await school.notify("ana", { title: "Of this moment" });
  await openBell(page);
  await expect(
    panel(page)
      .getByText(/just now/)
      .first(),
  ).toBeVisible();
});
