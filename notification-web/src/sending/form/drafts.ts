import { newKey } from "../../client/outbox/queue";
import { receiptSchema, type Receipt } from "../../client/rest/schemas";
import { kept, type Kept } from "../../client/wire/kept";
import { z } from "../../client/wire/schema";

const text = z._default(z.string(), "");
const contentSchema = z.object({
  notification_type: z.string(),
  title: z.string(),
  message: z.string(),
  /** Of the button and where it leads; a draft of an older version has none. */
  label: text,
  url: text,
});

const attemptSchema = z.object({
  key: z.string(),
  content: contentSchema,
  /** Absent = the draft's own. */
  course: z.optional(z.number()),
  /** How often it was tried without an answer that it did not arrive. */
  unknowns: z.number(),
  /** The api's answer, once it is sent. */
  receipt: z.optional(receiptSchema),
});

/** What an instructor has written and not sent, and what was tried to be sent. */
const draftSchema = z.object({
  content: contentSchema,
  courses: z.optional(z.array(z.number())),
  attempts: z.array(attemptSchema),
});

export type DraftContent = Readonly<z.infer<typeof contentSchema>>;
type Attempt = Readonly<z.infer<typeof attemptSchema>>;

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
const MAX_VERSIONS = 5;

/**
 * What one user writes on the page of one course, and the keys of its sends: to each course the same content is sent under the
 * same key until all of them have it, even if the page was left meanwhile, so it never arrives twice; another content gets others.
 */
export class CourseDraft {
  /** What was written before this page came, or null. */
  readonly restored: DraftContent | null;
  /** To whom it goes. */
  courses: readonly number[];
  private attempts: readonly Attempt[];
  private readonly kept: Kept;

  constructor(
    userId: number,
    private readonly courseId: number,
  ) {
    this.kept = kept(`${PREFIX}${userId}:${courseId}`, () => localStorage);
    // It may be of an older version.
    const { data: draft } = draftSchema.safeParse(this.kept.load());
    this.restored = draft && !isBlank(draft.content) ? draft.content : null;
    this.courses = (this.restored && draft?.courses) ?? [courseId];
    this.attempts = draft?.attempts ?? [];
  }

  /** @returns whether the browser keeps it, or there is nothing to keep */
  save(content: DraftContent, courses = this.courses): boolean {
    this.courses = courses;
    const isNothing = isBlank(content) && this.attempts.length === 0;
    return this.kept.save(isNothing ? null : { content: onlyContent(content), courses, attempts: this.attempts });
  }

  /** Whether some course may have it. */
  mayHaveArrived(content: DraftContent): boolean {
    return this.attemptsOf(content).some(({ unknowns }) => unknowns > 0);
  }

  /** The key to send it under. Unless {@link notSent} is called, it may have arrived from now on. */
  keyFor(content: DraftContent, course: number): string {
    const { key, unknowns } = this.attemptAt(content, course) ?? { key: newKey(), unknowns: 0 };
    this.remember({ key, content: onlyContent(content), course, unknowns: unknowns + 1 });
    return key;
  }

  /** The api says that the last attempt did not send it; an earlier one may have. */
  notSent(content: DraftContent, course: number): void {
    const attempt = this.attemptAt(content, course);
    if (attempt) {
      this.remember({ ...attempt, unknowns: attempt.unknowns - 1 });
    }
  }

  /** It was sent to this course, and not yet to all. */
  sent(content: DraftContent, course: number, receipt: Receipt): void {
    const attempt = this.attemptAt(content, course);
    if (attempt) {
      this.remember({ ...attempt, receipt });
    }
  }

  /** The api's answer for a course that has it; undefined for any other. */
  receiptOf(content: DraftContent, course: number): Receipt | undefined {
    return this.attemptAt(content, course)?.receipt;
  }

  /** The api says that the key is of no use: the content gets another one. */
  forgetKey(content: DraftContent, course: number): void {
    const useless = this.attemptAt(content, course);
    this.attempts = this.attempts.filter((attempt) => attempt !== useless);
    this.save(content);
  }

  /** It was sent, or is not wanted any more. */
  clear(): void {
    this.attempts = [];
    this.courses = [this.courseId];
    this.kept.save(null);
  }

  private remember(attempt: Attempt): void {
    const all = [attempt, ...this.attempts.filter(({ key }) => key !== attempt.key)];
    const versions = all
      .map(({ content }) => content)
      .filter((content, index, contents) => contents.findIndex((other) => isSame(content, other)) === index)
      .slice(0, MAX_VERSIONS);
    this.attempts = all.filter(({ content }) => versions.some((version) => isSame(version, content)));
    this.save(attempt.content);
  }

  private attemptsOf(content: DraftContent): readonly Attempt[] {
    return this.attempts.filter((attempt) => isSame(attempt.content, content));
  }

  private attemptAt(content: DraftContent, course: number): Attempt | undefined {
    return this.attemptsOf(content).find((attempt) => (attempt.course ?? this.courseId) === course);
  }
}

/** The form's values have more. */
function onlyContent({ notification_type, title, message, label, url }: DraftContent): DraftContent {
  return { notification_type, title, message, label, url };
}

/** Nothing is written in it. */
export function isBlank({ title, message, label, url }: DraftContent): boolean {
  return [title, message, label, url].every((text) => text.trim() === "");
}

export function isSame(one: DraftContent, other: DraftContent | undefined): boolean {
  return (
    one.notification_type === other?.notification_type &&
    one.title === other.title &&
    one.message === other.message &&
    one.label === other.label &&
    one.url === other.url
  );
}
