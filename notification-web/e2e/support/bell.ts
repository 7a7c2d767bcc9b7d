import type { Page } from "@playwright/test";
import { expect } from "./test";

export const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
export const panel = (page: Page) => page.getByRole("dialog", { name: "Notifications" });
export const items = (page: Page) => panel(page).getByRole("listitem");
export const tab = (page: Page, name: RegExp) => panel(page).getByRole("tab", { name });
export const link = (page: Page, name: RegExp) => panel(page).getByRole("link", { name });
export const links = (page: Page) => items(page).getByRole("link");

/** The page knows how many are unread. */
export async function expectUnread(page: Page, count: number, timeout = 10_000): Promise<void> {
  const name = count === 0 ? "Notifications" : `Notifications, ${count} unread`;
  await expect(bell(page)).toHaveAccessibleName(name, { timeout });
}

export async function openBell(page: Page): Promise<void> {
  await bell(page).click();
  await expect(panel(page)).toBeVisible();
}

/** One of the buttons of the bell's list. */
export async function press(page: Page, name: string): Promise<void> {
  await panel(page).getByRole("button", { name }).click();
}

/** An instructor's form, opened from the courses. */
export async function openForm(page: Page, course: string) {
  await page.getByRole("link", { name: course }).click();
  await page.getByRole("button", { name: "Send an update" }).click();
  return sendingForm(page);
}

export function sendingForm(page: Page) {
  const dialog = page.getByRole("dialog", { name: "New update" });
  const title = dialog.getByRole("textbox", { name: /^Title/ });
  const message = dialog.getByRole("textbox", { name: /^Message/ });
  return { dialog, title, message, send: dialog.getByRole("button", { name: /^Send( to \d+)?$/ }) };
}
