import { newKey } from "../../client/outbox/queue";
import { kept, type Kept } from "../../client/wire/kept";
import { z } from "../../client/wire/schema";

const contentSchema = z.object({ notification_type: z.string(), title: z.string(), message: z.string() });

/** What an instructor has written to a course and not sent. */
const draftSchema = z.object({
  content: contentSchema,
  /** What was tried to be sent, under which key, and how often without an answer that it did not arrive. */
  attempts: z.array(z.object({ key: z.string(), content: contentSchema, unknowns: z.number() })),
});

export type DraftContent = Readonly<z.infer<typeof contentSchema>>;
type Attempt = z.infer<typeof draftSchema>["attempts"][number];

// In localStorage, as sessionStorage ends with the tab; under the user's id, so that no user finds another's.
const PREFIX = "belfry:draft:";

/** For the sign-out: nothing that this user wrote stays behind. */
export function clearDrafts(userId: number): void {
  try {
    Object.keys(localStorage)
      .filter((name) => name.startsWith(`${PREFIX}${userId}:`))
      .forEach((name) => localStorage.removeItem(name));
  } catch {
    // The browser lets nothing be kept.
  }
}

/** More versions than these are not sent in earnest while none is answered. */
const MAX_ATTEMPTS = 5;

/**
 * One user's draft to one course, and the keys that belong to its contents: the same content is sent under the same key
 * until it is known to be sent, even if the page was left meanwhile, so it never arrives twice; another content gets another.
 */
export class CourseDraft {
  /** What was written before this page came, or null. */
  readonly restored: DraftContent | null;
  private attempts: readonly Attempt[];
  private readonly kept: Kept;

  constructor(userId: number, courseId: number) {
    this.kept = kept(`${PREFIX}${userId}:${courseId}`, () => localStorage);
    // It may be of an older version.
    const { data: draft } = draftSchema.safeParse(this.kept.load());
    this.restored = draft && !isBlank(draft.content) ? draft.content : null;
    this.attempts = draft?.attempts ?? [];
  }

  save(content: DraftContent): void {
    const isNothing = isBlank(content) && this.attempts.length === 0;
    this.kept.save(isNothing ? null : { content, attempts: this.attempts });
  }

  mayHaveArrived(content: DraftContent): boolean {
    return (this.attemptOf(content)?.unknowns ?? 0) > 0;
  }

  /** The key to send it under. Unless {@link notSent} is called, it may have arrived from now on. */
  keyFor(content: DraftContent): string {
    const { key, unknowns } = this.attemptOf(content) ?? { key: newKey(), unknowns: 0 };
    this.remember({ key, content, unknowns: unknowns + 1 });
    return key;
  }

  /** The api says that the last attempt did not send it; an earlier one may have. */
  notSent(content: DraftContent): void {
    const attempt = this.attemptOf(content);
    if (attempt) {
      this.remember({ ...attempt, unknowns: attempt.unknowns - 1 });
    }
  }

  /** The api says that the key is of no use: the content gets another one. */
  forgetKey(content: DraftContent): void {
    this.attempts = this.attempts.filter((attempt) => !isSame(attempt.content, content));
    this.save(content);
  }

  /** It was sent, or is not wanted any more. */
  clear(): void {
    this.attempts = [];
    this.kept.save(null);
  }

  private remember(attempt: Attempt): void {
    this.attempts = [attempt, ...this.attempts.filter(({ key }) => key !== attempt.key)].slice(0, MAX_ATTEMPTS);
    this.save(attempt.content);
  }

  private attemptOf(content: DraftContent): Attempt | undefined {
    return this.attempts.find((attempt) => isSame(attempt.content, content));
  }
}

function isBlank(content: DraftContent): boolean {
  return content.title.trim() === "" && content.message.trim() === "";
}

export function isSame(one: DraftContent, other: DraftContent | undefined): boolean {
  return (
    one.notification_type === other?.notification_type && one.title === other.title && one.message === other.message
  );
}
