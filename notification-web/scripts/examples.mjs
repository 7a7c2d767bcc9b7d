import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The examples of a document, as they stand there.
 *
 * @param {string} document from the checkout's top
 * @param {string} heading of the section that they are in, without its #
 * @param {string} language as the block names it; empty = none
 * @returns {string[]} at least one
 */
export function examplesIn(document, heading, language) {
  const text = readFileSync(`${root}/${document}`, "utf8");
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const examples = [...section.matchAll(/^```(.*)\n([^]*?)^```/gm)]
    .filter(([, of]) => of === language)
    .map(([, , example]) => example ?? "");
  if (examples.length === 0) {
    throw new Error(`${document} has no block of ${language || "no language"} under “${heading}”`);
  }
  return examples;
}
