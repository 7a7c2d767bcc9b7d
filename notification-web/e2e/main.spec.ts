import { expectGoodLooks, picture } from "./support/looks";
import { expect, test } from "./support/test";

test("an instructor's update is on the bell, in a toast, in the title, in the history, and is counted as read", async ({
  signIn,
  school,
}) => {
  await school.empty("ana");
  const ines = await signIn("ines");
  const ana = await signIn("ana");
  await ana.page.getByRole("link", { name: "Algebra" }).click();
  const bell = ana.page.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName("Notifications");

  await ines.page.getByRole("link", { name: "Algebra" }).click();
  await ines.page.getByRole("button", { name: "Send an update" }).click();
  const form = ines.page.getByRole("dialog", { name: "Send an update to the course" });
  await expect(form.getByText(/^30 students, [1-9]\d* online now$/)).toBeVisible();
  await form.getByRole("textbox", { name: /^Title/ }).fill("Lecture moved");
  await form.getByRole("textbox", { name: /^Message/ }).fill("Tomorrow we meet in room 12.");
  await expectGoodLooks(ines.page, "instructor-form");
  await form.getByRole("button", { name: "Send", exact: true }).dblclick();

  const toast = ana.page.getByRole("dialog", { name: "Lecture moved" });
  await expect(toast).toBeVisible();
  await expect(bell).toHaveAccessibleName("Notifications, 1 unread");
  await expect(ana.page).toHaveTitle(/^\(1\) /);
  await expectGoodLooks(ana.page, "student-toast");

  await expect(form.getByText("Stored for 30 students")).toBeVisible();
  await expect(form.getByText("Read by 0 of 30")).toBeVisible();
  await picture(ines.page, "instructor-progress");

  await bell.click();
  const panel = ana.page.getByRole("dialog", { name: "Notifications" });
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await expect(panel.getByText("Ines Costa")).toBeVisible();
  await expectGoodLooks(ana.page, "bell-open");

  await panel.getByRole("link", { name: /Lecture moved/ }).click();
  await expect(ana.page).toHaveURL(/\/notifications\/\d+$/);
  await expect(ana.page.getByRole("heading", { name: "Lecture moved" })).toBeVisible();
  await expect(ana.page.getByText("Tomorrow we meet in room 12.").first()).toBeVisible();
  await expect(bell).toHaveAccessibleName("Notifications");
  await expect(ana.page).toHaveTitle(/^[^(]/);
  await expectGoodLooks(ana.page, "notification-detail");

  await expect(form.getByText("Read by 1 of 30")).toBeVisible({ timeout: 15_000 });
  await form.getByRole("button", { name: "Close" }).first().click();
  await expect(form).toBeHidden();
  const sent = ines.page.getByRole("region", { name: "Sent updates" });
  await expect(sent.getByText("Lecture moved").first()).toBeVisible();
  await expect(sent.getByText("Read by 1 of 30").first()).toBeVisible();
  await expectGoodLooks(ines.page, "instructor-sent");

  const inbox = await school.inbox("ana");
  expect(inbox.results.map(({ title, is_read }) => [title, is_read])).toEqual([["Lecture moved", true]]);
});
