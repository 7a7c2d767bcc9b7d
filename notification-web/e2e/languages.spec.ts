import type { Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { PageTexts } from "../src/pages/catalogues/texts";
import type { Texts } from "../src/lib/texts";
import { expectGoodLooks, expectToFit } from "./support/looks";
import { expect, test } from "./support/test";

const folder = new URL("../src/lib/catalogues/", import.meta.url);
const languages = readdirSync(folder).flatMap((file) => (file.endsWith(".json") ? basename(file, ".json") : []));

const read = (folder: string, language: string): unknown =>
  JSON.parse(readFileSync(new URL(`../src/${folder}/catalogues/${language}.json`, import.meta.url), "utf8"));

/** What is said without values. */
const wordsOf = (language: string) => ({
  page: read("pages", language) as PageTexts,
  all: read("lib", language) as Texts,
});

const bellOf = (page: Page) => page.locator(".belfry-bell");

test("the page speaks the browser's language, and the one that is chosen", async ({ signIn }) => {
  for (const language of languages) {
    const { page } = await signIn("ana", { locale: language });
    const { page: words } = wordsOf(language);
    await expect(page.getByRole("heading", { name: words.courses })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
  }
  const { page } = await signIn("ana", { locale: "fi" });
  const { page: english } = wordsOf("en");
  const { page: german } = wordsOf("de");
  await expect(page.getByRole("heading", { name: english.courses })).toBeVisible();
  await page.getByLabel(english.language).selectOption("de");
  await expect(page.getByRole("heading", { name: german.courses })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: german.courses })).toBeVisible();
});

test("each page in Arabic, from right to left, for every reader", async ({ signIn, school }) => {
  const { all } = wordsOf("ar");
  await school.empty("ana");
  const ines = (await signIn("ines", { locale: "ar" })).page;
  await expectGoodLooks(ines, "ar-courses");
  await ines.getByRole("link", { name: "Algebra" }).click();
  await ines.getByRole("button", { name: all.sending.open }).click();
  const form = ines.getByRole("dialog", { name: all.sending.title });
  await form.getByRole("textbox", { name: all.sending.titleField, exact: true }).fill("القاعة B12");
  await form.getByRole("textbox", { name: all.sending.message }).fill("انظر https://example.org/b12 قبل الاثنين.");
  await expectGoodLooks(ines, "ar-form");
  await form.getByRole("button", { name: "إرسال إلى 30" }).click();
  await expect(form.getByRole("progressbar")).toBeVisible();
  await expectGoodLooks(ines, "ar-progress");
  await ines.keyboard.press("Escape");
  await ines.getByRole("link", { name: "القاعة B12" }).first().click();
  await expect(ines.getByRole("tab", { name: all.sending.text })).toBeVisible();
  await expectGoodLooks(ines, "ar-send");

  for (const width of [1280, 320]) {
    const ana = (await signIn("ana", { locale: "ar", viewport: { width, height: 720 } })).page;
    await ana.goto("/notifications");
    await expect(ana.getByRole("main").getByRole("link", { name: "القاعة B12" })).toBeVisible();
    await expectGoodLooks(ana, `ar-history-${width}`);
    await bellOf(ana).click();
    const row = ana.getByRole("dialog").getByRole("link", { name: "القاعة B12" });
    await expect(row).toBeVisible();
    await expectGoodLooks(ana, `ar-bell-${width}`);
    await row.click();
    await expect(ana.getByRole("heading", { name: "القاعة B12" })).toBeVisible();
    await expectGoodLooks(ana, `ar-detail-${width}`);
    await expectToFit(ana, width);
  }
});
