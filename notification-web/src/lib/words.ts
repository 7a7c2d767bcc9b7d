/** A number where there is little room. */
export function capped(n: number): string {
  return n > 99 ? "99+" : String(n);
}

/** How long a text is for the api: an emoji of one code point counts as one, whatever JavaScript's `length` says. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) {
    count++;
  }
  return count;
}

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

type Names = Readonly<Record<string, string>>;

/** A type in words; one that a newer server sends is called by its own name. */
export function typeName(names: Names, type: string): string {
  return (Object.hasOwn(names, type) ? names[type] : undefined) ?? type;
}

/** What a notification is called: some have no title. */
export function nameOf(
  notification: { readonly title: string; readonly notification_type: string },
  names: Names,
): string {
  return notification.title.trim() || typeName(names, notification.notification_type);
}
