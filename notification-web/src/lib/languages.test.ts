import { describe, expect, it } from "vitest";
import { directionOf, languages, loadTexts, preferredLanguage, type Language } from "./languages";

it.each<[string[], Language]>([
  [["de-AT", "en"], "de"],
  [["pt-PT"], "pt-BR"],
  [["fi", "FR-ca", "en"], "fr"],
  [["fi", "en@posix"], "en"],
  [[], "en"],
])("of %j speaks %s", (preferred, language) => expect(preferredLanguage(preferred)).toBe(language));

describe.each(Object.keys(languages) as Language[])("in %s", (language) => {
  it("says all messages", async () => {
    const texts = await loadTexts(language, language);
    expect(texts.language).toBe(language);
    const said = saidBy(texts);
    expect(said.filter((text) => /[{}#]|undefined/.test(text) || text === "")).toEqual([]);
  });
});

/** Each message with values of all kinds of number. */
function saidBy(texts: unknown): string[] {
  if (typeof texts === "string") {
    return [texts];
  }
  if (typeof texts === "function") {
    return [0, 1, 2, 3, 11, 100, 1_000_000].map((n) =>
      (texts as (values: object) => string)(new Proxy({}, { get: () => n, has: () => true })),
    );
  }
  return Object.values(texts as object).flatMap(saidBy);
}

it("says numbers in their own forms", async () => {
  const { inbox } = await loadTexts("ar", "ar-EG");
  expect([1, 2, 3, 11].map((count) => inbox.arrived({ count }))).toEqual([
    "إشعار جديد واحد",
    "إشعاران جديدان",
    "٣ إشعارات جديدة",
    "١١ إشعارًا جديدًا",
  ]);
  expect((await loadTexts("de", "de-DE")).sending.read({ read: 1200, recipients: 10000 })).toBe(
    "Gelesen von 1.200 von 10.000",
  );
});

it("writes Arabic from right to left, and nothing else", () =>
  expect((Object.keys(languages) as Language[]).filter((language) => directionOf(language) === "rtl")).toEqual(["ar"]));
