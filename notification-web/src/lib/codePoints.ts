/** How long a text is for the api: an emoji of one code point counts as one, whatever JavaScript's `length` says. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) {
    count++;
  }
  return count;
}
