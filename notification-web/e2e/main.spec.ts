import { expectUnread, items, link, openBell, openForm, panel } from "./support/bell";
import { expectGoodLooks, picture } from "./support/looks";
import { expect, test } from "./support/test";

test("an instructor's update is on the bell, in a toast, in the title, in the history, and is counted as read", async ({
  signIn,
  school,
}) => {
  await school.empty("ana");
  const ines = (await signIn("ines")).page;
  const ana = (await signIn("ana")).page;
  await ana.getByRole("link", { name: "Algebra" }).click();
  await expectUnread(ana, 0);

  const { dialog, title, message, send } = await openForm(ines, "Algebra");
  await expect(dialog.getByText(/^30 get it · [1-9]\d* online$/)).toBeVisible();
  await title.fill("Lecture moved");
  await message.fill("Tomorrow we meet in room 12.");
  await expectGoodLooks(ines, "instructor-form");
  await send.dblclick();

  await expect(ana.getByRole("dialog", { name: "Lecture moved" })).toBeVisible();
  await expectUnread(ana, 1);
  await expect(ana).toHaveTitle(/^\(1\) /);
  await expectGoodLooks(ana, "student-toast");

  await expect(dialog.getByText("Stored for 30 students")).toBeVisible();
  await expect(dialog.getByText("Read by 0 of 30")).toBeVisible();
  await picture(ines, "instructor-progress");

  await openBell(ana);
  await expect(items(ana)).toHaveCount(1);
  await expect(panel(ana).getByText("Ines Costa")).toBeVisible();
  await expectGoodLooks(ana, "bell-open");

  await link(ana, /Lecture moved/).click();
  await expect(ana).toHaveURL(/\/notifications\/\d+$/);
  await expect(ana.getByRole("heading", { name: "Lecture moved" })).toBeVisible();
  await expect(ana.getByText("Tomorrow we meet in room 12.").first()).toBeVisible();
  await expectUnread(ana, 0);
  await expect(ana).toHaveTitle(/^[^(]/);
  await expectGoodLooks(ana, "notification-detail");

  await expect(dialog.getByText("Read by 1 of 30")).toBeVisible({ timeout: 15_000 });
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(dialog).toBeHidden();
  const sent = ines.getByRole("region", { name: "Sent updates" });
  await expect(sent.getByText("Lecture moved").first()).toBeVisible();
  await expect(sent.getByText("Read by 1 of 30").first()).toBeVisible();
  await expectGoodLooks(ines, "instructor-sent");

  const inbox = await school.inbox("ana");
  expect(inbox.results.map(({ title: shown, is_read }) => [shown, is_read])).toEqual([["Lecture moved", true]]);
});
