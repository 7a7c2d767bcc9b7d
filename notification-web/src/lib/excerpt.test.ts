import { expect, it } from "vitest";
import { codePoints } from "./codePoints";
import { excerpt } from "./excerpt";

it("leaves a short text as it is, on one line", () => {
  expect(excerpt("Room 12.", 20)).toBe("Room 12.");
  expect(excerpt("  Room\n\n12.\t", 20)).toBe("Room 12.");
});

it("cuts a long one between two words", () => {
  expect(excerpt("The lecture moves to room twelve", 20)).toBe("The lecture moves…");
});

it("cuts inside of a word that is nearly all there is", () => {
  expect(excerpt("a".repeat(30), 20)).toBe(`${"a".repeat(19)}…`);
});

it("never cuts a code point in two, however long the text", () => {
  const cut = excerpt("😀".repeat(10_000), 20);
  expect(cut).toBe(`${"😀".repeat(19)}…`);
  expect(codePoints(cut)).toBe(20);
});

it("says that there is more even when the beginning is mostly blank", () => {
  expect(excerpt(`a${" ".repeat(100)}b`, 20)).toBe("a…");
});
