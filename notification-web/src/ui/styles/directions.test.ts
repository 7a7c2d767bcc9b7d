import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "../..");
const sheets = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

/** What names left or right, or means another side where writing goes the other way. */
const PHYSICAL = [
  /(^|[\s-])(left|right)\s*:/,
  /-(left|right)(-|\s*:)/,
  /text-align:\s*(left|right)/,
  /float:\s*(left|right)/,
];

/** Four sides of lengths and variables, of which the second and the fourth differ. */
const LENGTH = String.raw`(?:[\d.\w]+|var\([\w-]+\))`;
const SIDES = new RegExp(
  String.raw`(?:padding|margin|inset):\s*${LENGTH}\s+(${LENGTH})\s+${LENGTH}\s+(?!\1;)${LENGTH};`,
);

it.each(sheets)("%s names no side that is another one where writing goes from right to left", (sheet) => {
  const lines = readFileSync(join(source, sheet), "utf8").split("\n");
  expect(lines.filter((line) => [...PHYSICAL, SIDES].some((pattern) => pattern.test(line)))).toEqual([]);
});
