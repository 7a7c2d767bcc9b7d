import { readDraft, removeDraft, writeDraft, type Attempt, type Draft, type DraftContent } from "./drafts";
import { newIdempotencyKey } from "./idempotencyKey";

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
    this.restored = draft?.content ?? null;
    this.attempts = draft?.attempts ?? [];
  }

  save(content: DraftContent): void {
    if (content.title.trim() === "" && content.message.trim() === "" && this.attempts.length === 0) {
      removeDraft(this.userId, this.courseId);
    } else {
      writeDraft(this.userId, this.courseId, { content, attempts: this.attempts });
    }
  }

  /** Whether this content may have arrived already. */
  isAttempted(content: DraftContent): boolean {
    return this.attemptOf(content) !== undefined;
  }

  /** The key to send it under; from now on it counts as attempted. */
  keyFor(content: DraftContent): string {
    const attempt = this.attemptOf(content) ?? { key: newIdempotencyKey(), content };
    this.attempts = [attempt, ...this.attempts.filter((other) => other !== attempt)].slice(0, MAX_ATTEMPTS);
    this.save(content);
    return attempt.key;
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

  private attemptOf(content: DraftContent): Attempt | undefined {
    return this.attempts.find((attempt) => isSame(attempt.content, content));
  }
}

function isSame(one: DraftContent, other: DraftContent): boolean {
  return (
    one.notification_type === other.notification_type && one.title === other.title && one.message === other.message
  );
}
