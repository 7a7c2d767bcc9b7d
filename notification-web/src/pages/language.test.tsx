import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { aUser, withApi } from "../testing/belfry";
import { heading, visit, withDemo } from "../testing/demo";
import { ownLanguage } from "./language";

withApi();

it("speaks another language at once, and remembers it", async () => {
  withDemo();
  await visit("/", "ana");
  await heading("Your courses");
  await aUser().selectOptions(await screen.findByLabelText("Language"), "العربية");
  await heading("مقرراتك");
  expect(await screen.findByRole("button", { name: /^الإشعارات/ })).toBeVisible();
  expect(document.documentElement).toHaveAttribute("dir", "rtl");
  expect(document.documentElement).toHaveAttribute("lang", "ar");
  expect(ownLanguage()).toBe("ar");
});

it("speaks the browser's language until one is chosen", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["pt-PT"]);
  expect(ownLanguage()).toBe("pt-BR");
  localStorage.setItem("belfry:language", '"xx"');
  expect(ownLanguage()).toBe("pt-BR");
  localStorage.setItem("belfry:language", '"de"');
  expect(ownLanguage()).toBe("de");
});
