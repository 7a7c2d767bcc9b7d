import type { Page } from "@playwright/test";
import { bell, items, openBell, openForm, panel } from "./support/bell";
import { expectGoodLooks, expectToFit, picture } from "./support/looks";
import { killApi } from "./support/stack";
import { expect, test } from "./support/test";

const addCourse = async (page: Page, course: string) => {
  await page.getByRole("combobox", { name: "To" }).fill(course);
  await page.getByRole("option", { name: course }).click();
};

test("a text with a button: tried by its writer alone, then sent to two courses", async ({ signIn, school }) => {
  await Promise.all([school.empty("ana"), school.empty("chen"), school.empty("root")]);
  const root = (await signIn("root")).page;
  const { dialog, title, message } = await openForm(root, "Algebra");
  await title.fill("Room changed");
  await message.fill("Now in B12.\nPlan: https://example.org/b12");
  await dialog.getByRole("textbox", { name: "Text" }).fill("See the course");
  await dialog.getByRole("textbox", { name: "Leads to" }).fill("/courses/1");
  await addCourse(root, "Modern History");
  await expect(dialog.getByText(/^Draft saved \d/)).toBeVisible();
  await expectGoodLooks(root, "composer");

  await dialog.getByRole("button", { name: "Send to me first" }).click();
  await expect(dialog.getByText("You alone have got it, marked as a test.")).toBeVisible();
  await expect.poll(async () => (await school.inbox("root")).count).toBe(1);
  for (const student of ["ana", "chen"] as const) {
    await expect.poll(async () => (await school.inbox(student)).count).toBe(0);
  }
  const toast = root.getByRole("dialog", { name: /Room changed/ });
  await expect(toast.getByText("Test", { exact: true })).toBeVisible();
  await picture(root, "composer-tested");

  await dialog.getByRole("button", { name: "Send to 31" }).click();
  await expect(dialog.getByText("2 of 2 courses stored")).toBeVisible();
  await expectGoodLooks(root, "composer-progress");
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await openBell(root);
  await expect(items(root)).toHaveCount(1);
  await expect(items(root).getByText("Test", { exact: true })).toBeVisible();
  await expectGoodLooks(root, "bell-test");

  for (const [person, course] of [["ana", "Algebra"] as const, ["chen", "Modern History"] as const]) {
    const { page } = await signIn(person);
    await openBell(page);
    await expect(items(page)).toHaveCount(1);
    await expect(items(page)).toContainText(course);
    await expect(items(page).getByText("Test", { exact: true })).toBeHidden();
    await expect(panel(page).getByRole("link", { name: "Room changed See the course" })).toHaveAttribute(
      "href",
      "/courses/1",
    );
    await expectGoodLooks(page, `bell-button-${person}`);
    await page.goto("/notifications");
    await page.getByRole("main").getByRole("link", { name: "Room changed" }).click();
    await expect(page.getByRole("link", { name: "See the course" })).toHaveAttribute("href", "/courses/1");
    await expectGoodLooks(page, `detail-button-${person}`);
  }
});

test("the api dies between two courses: each student gets it once", async ({ signIn, school, guard }) => {
  test.setTimeout(120_000);
  guard.allow(/Failed to load resource|net::ERR/);
  await Promise.all([school.empty("ana"), school.empty("chen")]);
  const { page } = await signIn("root");
  const { dialog, title, message, send } = await openForm(page, "Algebra");
  const name = `Once ${Date.now()}`;
  await title.fill(name);
  await message.fill("Once for each.");
  await addCourse(page, "Modern History");
  await page.route(
    "**/api/courses/2/notify-students/",
    async (route) => {
      killApi();
      await route.continue();
    },
    { times: 1 },
  );
  await send.click();
  const told = dialog.getByRole("alert");
  await expect(told).toContainText("Algebra Accepted for 30 students");
  await expect(told).toContainText("Modern History There was no answer");
  await expectGoodLooks(page, "composer-failed");

  await expect(() => school.inbox("ana")).toPass({ timeout: 60_000 });
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect(dialog.getByText("2 of 2 courses stored")).toBeVisible({ timeout: 30_000 });
  for (const person of ["ana", "chen"] as const) {
    const { results } = await school.inbox(person);
    expect(results.filter(({ title: shown }) => shown === name)).toHaveLength(1);
  }
});

test("a template is saved, used, renamed and deleted", async ({ signIn }) => {
  const { page } = await signIn("ines");
  const { dialog, title, message } = await openForm(page, "Algebra");
  await title.fill("Weekly sheet");
  await message.fill("It is on the board.");
  const open = dialog.getByRole("button", { name: "Templates" });
  const templates = page.getByRole("dialog", { name: "Templates" });
  await open.click();
  const name = `Sheet ${Date.now()}`;
  await templates.getByRole("textbox", { name: "Name" }).fill(name);
  await templates.getByRole("button", { name: "Save as a template" }).click();
  await expect(templates.getByText(`“${name}” is saved.`)).toBeVisible();
  await expectGoodLooks(page, "composer-templates");
  await page.keyboard.press("Escape");
  await expect(templates).toBeHidden();

  await title.fill("Something else");
  await open.click();
  await templates.getByRole("button", { name, exact: true }).click();
  await expect(title).toHaveValue("Weekly sheet");
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(title).toHaveValue("Something else");

  await open.click();
  await templates.getByRole("button", { name: `Rename: ${name}` }).click();
  await page.keyboard.type(`${name} of autumn`);
  await page.keyboard.press("Enter");
  await expect(templates.getByRole("button", { name: `${name} of autumn`, exact: true })).toBeFocused();
  await templates.getByRole("button", { name: `Delete: ${name} of autumn` }).click();
  await templates.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(templates.getByText(/is deleted/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Your draft is kept.")).toBeVisible();
  await expectGoodLooks(page, "composer-left");
  await page.getByRole("button", { name: "Discard draft" }).click();
  await expect(page.getByRole("button", { name: "Send an update" })).toBeFocused();
});

for (const width of [1280, 768, 400, 320]) {
  test(`the composer on a screen of ${width} pixels`, async ({ signIn }) => {
    const { page } = await signIn("root", { viewport: { width, height: 900 } });
    const { dialog, title, message } = await openForm(page, "Algebra");
    await title.fill("AVeryLongTitleWithoutAnySpaceInItThatMustBreakSomewhere".repeat(2));
    await message.fill(`A text with an address: https://example.org/${"x".repeat(200)}`);
    await dialog.getByRole("textbox", { name: "Leads to" }).fill("example.org");
    await dialog.getByRole("textbox", { name: "Text" }).fill("See the plan of all of the rooms");
    await addCourse(page, "Modern History");
    await expectGoodLooks(page, `composer-${width}`);
    await expectToFit(page, width);
    await dialog.getByRole("button", { name: "Templates" }).click();
    await expect(page.getByRole("dialog", { name: "Templates" }).getByRole("textbox")).toBeVisible();
    await expectGoodLooks(page, `composer-${width}-templates`);
    await page.keyboard.press("Escape");
    await page.emulateMedia({ forcedColors: "active" });
    await picture(page, `composer-${width}-forced`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard draft" }).click();
    await expect(bell(page)).toBeVisible();
  });
}
