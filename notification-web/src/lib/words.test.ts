import { expect, it } from "vitest";
import { codePoints, excerpt, initials } from "./words";

it.each([
  ["leaves a short text as it is", "Room 12.", "Room 12."],
  ["puts it on one line", "  Room\n\n12.\t", "Room 12."],
  ["cuts a long one between two words", "The lecture moves to room twelve", "The lecture moves…"],
  ["cuts inside of a word that is nearly all there is", "a".repeat(30), `${"a".repeat(19)}…`],
  ["never cuts a code point in two, however long the text", "😀".repeat(10_000), `${"😀".repeat(19)}…`],
  ["says that there is more even when the beginning is mostly blank", `a${" ".repeat(100)}b`, "a…"],
])("an excerpt %s", (_, text, expected) => expect(excerpt(text, 20)).toBe(expected));

it.each([
  ["", 0],
  ["abc", 3],
  ["ñ", 1],
  ["🎓", 1],
  ["👩‍🏫", 3],
  ["a🎓b", 3],
  ["\r\n", 2],
])("code points of %j are counted as the api does: %i", (text, expected) => expect(codePoints(text)).toBe(expected));

it.each([
  ["Algebra", "Al"],
  ["Modern History", "MH"],
  ["  (2026) Modern history II", "2M"],
  ["Ж", "Ж"],
  ["𝄞𝄞𝄞 x", "x"],
  ["!?", ""],
])("%s is for short %s", (title, letters) => expect(initials(title)).toBe(letters));
