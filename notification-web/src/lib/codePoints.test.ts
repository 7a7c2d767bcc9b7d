import { expect, it } from "vitest";
import { codePoints } from "./codePoints";

it.each([
  ["", 0],
  ["abc", 3],
  ["ñ", 1],
  ["🎓", 1],
  ["👩‍🏫", 3],
  ["a🎓b", 3],
  ["\r\n", 2],
])("counts %j as the api does: %i", (text, expected) => {
  expect(codePoints(text)).toBe(expected);
});
