import {
  readDraft,
  removeDraft,
  writeDraft,
  type Attempt,
  type Draft,
  type DraftContent,
  newIdempotencyKey,
} from "./drafts";

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

  constructor(
    private readonly userId: number,
    private readonly courseId: number,
  ) {
    const draft: Draft | null = readDraft(userId, courseId);
    this.restored = draft && !isBlank(draft.content) ? draft.content : null;
    this.attempts = draft?.attempts ?? [];
  }

  save(content: DraftContent): void {
    if (isBlank(content) && this.attempts.length === 0) {
      removeDraft(this.userId, this.courseId);
    } else {
      writeDraft(this.userId, this.courseId, { content, attempts: this.attempts });
    }
  }

  mayHaveArrived(content: DraftContent): boolean {
    return (this.attemptOf(content)?.unknowns ?? 0) > 0;
  }

  /** The key to send it under. Unless {@link notSent} is called, it may have arrived from now on. */
  keyFor(content: DraftContent): string {
    const { key, unknowns } = this.attemptOf(content) ?? { key: newIdempotencyKey(), unknowns: 0 };
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
    removeDraft(this.userId, this.courseId);
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

function isSame(one: DraftContent, other: DraftContent): boolean {
  return (
    one.notification_type === other.notification_type && one.title === other.title && one.message === other.message
  );
}
