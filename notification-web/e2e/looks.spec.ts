import type { Page } from "@playwright/test";
import { bell, expectUnread, items as listed, link, openBell, panel, sendingForm, tab } from "./support/bell";
import { expectAccessible, expectGoodLooks, expectToFit, picture } from "./support/looks";
import { expect, test } from "./support/test";

test.describe("each page and state, light and dark, for every reader", () => {
  test("signing in", async ({ visit, guard }) => {
    guard.allow(/401/);
    const { page } = await visit();
    await page.goto("/courses/1");
    await expect(page.getByRole("button", { name: /Ana Lima/ })).toBeVisible();
    await expectGoodLooks(page, "sign-in");
    await page.getByLabel("Or by username").fill("zoe");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("Nobody here is called");
    await expectAccessible(page);
    await page.getByLabel("Or by username").fill("ana");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/courses\/1$/);
    await expect(page.getByRole("heading", { name: "Algebra" })).toBeVisible();
  });

  test("courses, of a student, an instructor and an admin", async ({ signIn }) => {
    for (const person of ["ana", "ines", "root"] as const) {
      const { page } = await signIn(person);
      await expect(page.getByRole("link", { name: "Algebra" })).toBeVisible();
      await expectGoodLooks(page, `courses-${person}`);
      await page.getByRole("link", { name: "Algebra" }).click();
      await expect(page.getByRole("heading", { name: "Algebra" })).toBeVisible();
      await expect(page.getByText(/30 students/).first()).toBeVisible();
      await expectAccessible(page);
      const mayWrite = page.getByRole("button", { name: "Send an update" });
      await expect(mayWrite).toHaveCount(person === "ana" ? 0 : 1);
    }
  });

  test("what is not there", async ({ signIn, guard }) => {
    guard.allow(/404/);
    const { page } = await signIn("ana");
    for (const path of ["/courses/999", "/nothing/here", "/notifications/999999"]) {
      await page.goto(path);
      await expect(page.getByText(/not (there|found)|no such|There is no/i).first()).toBeVisible();
      await expectAccessible(page);
    }
    await picture(page, "notification-missing");
  });

  test("an empty inbox, a full one, one that cannot be had", async ({ signIn, school, guard }) => {
    guard.allow(/503|Failed to load resource/);
    await school.empty("ana");
    const { page } = await signIn("ana");
    const history = page.getByRole("main");
    await page.goto("/notifications");
    await expect(page.getByText("Nothing yet. What your courses tell you will be here.")).toBeVisible();
    await expectGoodLooks(page, "history-empty");
    await bell(page).click();
    await expect(panel(page).getByText("Nothing yet. What your courses tell you will be here.")).toBeVisible();
    await expectGoodLooks(page, "bell-empty");
    await page.keyboard.press("Escape");

    const types = ["course_update", "announcement", "message", "session_start", "exam_result", "course_enrollment"];
    for (const notification_type of types) {
      await school.notify("ana", { title: `Of type ${notification_type}`, notification_type });
    }
    await expect(history.getByRole("listitem")).toHaveCount(6);
    await expectGoodLooks(page, "history");
    await openBell(page);
    await expect(listed(page)).toHaveCount(6);
    await expectGoodLooks(page, "bell-full");
    await page.keyboard.press("Escape");

    await page.route(/\/api\/notifications\/\?/, (route) => route.fulfill({ status: 503, body: "" }));
    await page.reload();
    await expect(page.getByText("Your notifications cannot be shown at the moment.").first()).toBeVisible();
    await expectGoodLooks(page, "history-error");
    await page.unroute(/\/api\/notifications\/\?/);
    await history.getByRole("button", { name: "Try again" }).click();
    await expect(history.getByRole("listitem")).toHaveCount(6);
  });
});

test("the history scrolls on, and leads to each one", async ({ signIn, school }) => {
  await school.fill("ana", ...Array.from({ length: 45 }, (_, index) => `Number ${index + 1}`));
  const { page } = await signIn("ana");
  await page.goto("/notifications");
  const items = page.getByRole("main").getByRole("listitem");
  await expect(items.first()).toContainText("Number 45");
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(items).toHaveCount(45, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText("That’s all.")).toBeVisible();
  await items.last().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Number 1" })).toBeVisible();
});

test("a long list holds in the document what is in view, and its keys lead through all of it", async ({
  signIn,
  school,
}) => {
  await school.fill("ana", ...Array.from({ length: 85 }, (_, index) => `Number ${index + 1}`));
  const { page } = await signIn("ana");
  await page.goto("/notifications");
  const rows = page.getByRole("main").getByRole("listitem");
  await rows.first().getByRole("link").focus();
  // Older ones come along when the end is near.
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(page.getByText("That’s all.")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("End");
  await expect(page.getByRole("link", { name: /Number 1$/ })).toBeFocused();
  await expect(page.getByRole("link", { name: /Number 1$/ })).toBeInViewport();
  await expect.poll(() => rows.count()).toBeLessThan(40);
  await expect(rows.last()).toHaveAttribute("aria-posinset", "85");
  await expect(rows.last()).toHaveAttribute("aria-setsize", "85");
  await expectAccessible(page);
  await page.keyboard.press("Home");
  await expect(page.getByRole("link", { name: /Number 85$/ })).toBeInViewport();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("link", { name: /Number 85$/ })).toBeFocused();
});

test("from right to left, all stands on the other side", async ({ signIn, school }) => {
  await school.fill("ana", "الفصل الدراسي الجديد", "Number 1");
  const { page } = await signIn("ana");
  await page.goto("/notifications");
  const row = page.getByRole("main").getByRole("listitem").first();
  await expect(row).toBeVisible();
  await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  const leftOf = async (target: ReturnType<Page["locator"]>) => (await target.boundingBox())?.x ?? NaN;
  const body = await leftOf(row.locator(".belfry-item__body"));
  await expect.poll(() => leftOf(row.locator(".belfry-mark"))).toBeGreaterThan(body);
  await expectGoodLooks(page, "rtl-history");
  await row.getByRole("link").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(row.getByRole("button", { name: /^Mark as read/ })).toBeFocused();
  await openBell(page);
  await expect(listed(page)).toHaveCount(2);
  await expectGoodLooks(page, "rtl-bell");
});

test("on paper stands what was said, black on white", async ({ signIn, school }) => {
  await school.empty("ana");
  await school.notify("ana", { title: "On paper", data: { url: "/courses/1" } });
  const { page } = await signIn("ana");
  await page.goto("/notifications");
  const address = (await page.getByRole("link", { name: /On paper/ }).getAttribute("href")) ?? "";
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "On paper" })).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(bell(page)).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  const open = page.getByRole("article").getByRole("link", { name: "Open" });
  await expect(open).toHaveCSS("content", /\/courses\/1/, { pseudo: "after" });
  await expect(page.getByRole("heading", { name: "On paper" })).toHaveCSS("color", "rgb(0, 0, 0)");
  await page.screenshot({ path: "dist/screenshots/print-detail.png", fullPage: true });
});

test("everything can be done with the keyboard", async ({ signIn, school }) => {
  await school.fill("ana", "By keyboard");
  const ana = (await signIn("ana")).page;
  await expectUnread(ana, 1);

  const hasFocus = (target: ReturnType<Page["locator"]>) =>
    target.evaluate((element) => element === document.activeElement);
  const reach = async (page: Page, target: ReturnType<Page["locator"]>, key = "Tab") => {
    for (let i = 0; i < 60; i++) {
      if (await hasFocus(target)) {
        return;
      }
      await page.keyboard.press(key);
    }
    throw new Error("the keyboard does not lead there");
  };
  await reach(ana, bell(ana));
  await ana.keyboard.press("Enter");
  await expect(panel(ana)).toBeVisible();
  // From the panel to what stands at its foot, whatever is in its list.
  const foot = panel(ana).getByRole("link", { name: "See all notifications" });
  for (let i = 0; i < 6 && !(await hasFocus(foot)); i++) {
    await ana.keyboard.press("Tab");
  }
  await expect(foot).toBeFocused();
  const row = panel(ana).getByRole("link", { name: "By keyboard" });
  await reach(ana, row, "Shift+Tab");
  await ana.keyboard.press("ArrowRight");
  await expect(panel(ana).getByRole("button", { name: "Mark as read: By keyboard" })).toBeFocused();
  await ana.keyboard.press("Space");
  await expectUnread(ana, 0);
  await ana.keyboard.press("u");
  await expectUnread(ana, 1);
  await ana.keyboard.press("e");
  await expectUnread(ana, 0);
  await ana.keyboard.press("Delete");
  await expect(panel(ana).getByRole("button", { name: "Undo: By keyboard" })).toBeFocused();
  await ana.keyboard.press("Enter");
  await expect(row).toBeFocused();
  await reach(ana, panel(ana).getByRole("tab", { selected: true }), "Shift+Tab");
  await ana.keyboard.press("ArrowRight");
  await expect(tab(ana, /Unread/)).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(panel(ana)).toBeHidden();
  await expect(bell(ana)).toBeFocused();

  const ines = (await signIn("ines")).page;
  await reach(ines, ines.getByRole("link", { name: "Algebra" }));
  await ines.keyboard.press("Enter");
  const open = ines.getByRole("button", { name: "Send an update" });
  await expect(open).toBeVisible();
  await reach(ines, open);
  await ines.keyboard.press("Enter");
  const { dialog, message, send } = sendingForm(ines);
  await reach(ines, message);
  await ines.keyboard.type("Typed and sent without a mouse.");
  await reach(ines, send);
  await ines.keyboard.press("Enter");
  await expect(dialog.getByText("Stored for 30 students")).toBeVisible();
  await ines.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});

test("magnified four times, the bell opens a sheet over the whole screen", async ({ signIn, school }) => {
  const viewport = { width: 320, height: 256 };
  await school.fill("ana", ...Array.from({ length: 8 }, (_, index) => `Number ${index + 1}`));
  const { page } = await signIn("ana", { viewport });
  await openBell(page);
  await expect(listed(page)).toHaveCount(8);
  await expect.poll(() => panel(page).boundingBox()).toEqual({ x: 0, y: 0, ...viewport });
  await expectGoodLooks(page, "sheet");
  const behind = () => page.evaluate(() => window.scrollY);
  const before = await behind();
  await page.mouse.move(160, 200);
  for (let turn = 0; turn < 20; turn++) {
    await page.mouse.wheel(0, 400);
  }
  await expect(panel(page).getByText("That’s all.")).toBeInViewport();
  await expect.poll(behind).toBe(before);
  await panel(page).getByRole("button", { name: "Close" }).click();
  await expect(panel(page)).toBeHidden();
});

for (const width of [400, 320]) {
  test(`everything fits on a screen of ${width} pixels`, async ({ signIn, school }) => {
    const viewport = { width, height: 720 };
    await school.empty("ana");
    await school.notify("ana", {
      title: "AVeryLongTitleWithoutAnySpaceInItThatMustBreakSomewhereOrTheScreenScrollsSideways".repeat(2),
      message: "https://example.org/".padEnd(400, "x"),
    });
    const fits = (page: Page) => expectToFit(page, width);
    const ana = (await signIn("ana", { viewport })).page;
    await expectUnread(ana, 1);
    await fits(ana);
    await bell(ana).click();
    await expect(listed(ana)).toHaveCount(1);
    await fits(ana);
    await expectGoodLooks(ana, `narrow-${width}-bell`);
    await link(ana, /AVeryLong/).click();
    await expect(ana).toHaveURL(/\/notifications\/\d+/);
    await fits(ana);
    await picture(ana, `narrow-${width}-detail`);

    const ines = (await signIn("ines", { viewport })).page;
    await ines.getByRole("link", { name: "Algebra" }).click();
    const open = ines.getByRole("button", { name: "Send an update" });
    await expect(open).toBeVisible();
    await fits(ines);
    await open.click();
    await expect(sendingForm(ines).dialog).toBeVisible();
    await fits(ines);
    await expectGoodLooks(ines, `narrow-${width}-form`);
  });
}
