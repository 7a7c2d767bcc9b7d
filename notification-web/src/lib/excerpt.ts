/** The beginning of a text, on one line, of at most `limit` code points; a longer one is cut between two words. */
export function excerpt(text: string, limit: number): string {
  // Of a long text only the beginning is looked at.
  const head = text.slice(0, limit * 4);
  const characters = Array.from(head.trim().replace(/\s+/g, " "));
  if (characters.length <= limit && head.length === text.length) {
    return characters.join("");
  }
  const cut = characters.slice(0, limit - 1).join("");
  const lastGap = cut.lastIndexOf(" ");
  return `${lastGap > limit / 2 ? cut.slice(0, lastGap) : cut}…`;
}
