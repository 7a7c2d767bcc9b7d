import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

const hex = "(#[0-9a-f]{6})";
const pairs = [...css.matchAll(new RegExp(`--belfry-([\\w-]+): light-dark\\(${hex}, ${hex}\\)`, "g"))];
const light = new Map(pairs.map(([, name, colour]) => [name, colour]));
const dark = new Map(pairs.map(([, name, , colour]) => [name, colour]));

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const grounds = ["page", "surface", "surface-hover", "surface-unread"];
const courses = [0, 1, 2, 3, 4, 5].map((number) => `course-${number}`);
const texts = [
  ...["text", "text-muted", "text-accent", "danger", "success", "warning", ...courses].flatMap((text) =>
    grounds.map((ground) => [text, ground] as const),
  ),
  ["text", "accent-soft"],
  ["text-accent", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-badge", "badge"],
  ["danger", "danger-soft"],
  ["warning", "warning-soft"],
] as const;
const shapes = grounds.flatMap((ground) =>
  ["border-strong", "focus", "accent"].map((shape) => [shape, ground] as const),
);

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s theme", (_, colours) => {
  const tooClose = (pairs: readonly (readonly [string, string])[], limit: number) =>
    pairs
      .map(([one, other]) => [one, other, contrast(colours.get(one) ?? "", colours.get(other) ?? "")] as const)
      .filter(([, , ratio]) => !(ratio >= limit));
  it("every text can be read on its grounds", () => expect(tooClose(texts, 4.5)).toEqual([]));

  it("every edge can be told from its grounds", () => expect(tooClose(shapes, 3)).toEqual([]));
});
