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

/** Where a notification comes from, in words. */
export interface Origin {
  /** Null = from no course. */
  readonly course: string | null;
  /** The sender, or the service; of neither the type. */
  readonly from: string;
}

export function originOf(
  notification: {
    readonly course_title?: string | null | undefined;
    readonly sender_name: string | null;
    readonly source_name?: string | null | undefined;
    readonly notification_type: string;
  },
  names: Names,
): Origin {
  const { course_title, sender_name, source_name, notification_type } = notification;
  return { course: course_title ?? null, from: sender_name ?? source_name ?? typeName(names, notification_type) };
}

/** Two letters that stand for a title: of its first two words, or the first two of its only one. */
export function initials(title: string): string {
  const [first = [], second] = title
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => Array.from(word));
  return (second ? [first[0], second[0]] : first.slice(0, 2)).join("");
}

/** What a notification is called: some have no title. */
export function nameOf(
  notification: { readonly title: string; readonly notification_type: string },
  names: Names,
): string {
  return notification.title.trim() || typeName(names, notification.notification_type);
}
