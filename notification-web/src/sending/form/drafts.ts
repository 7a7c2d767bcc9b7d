export interface DraftContent {
  readonly notification_type: string;
  readonly title: string;
  readonly message: string;
}

/** What was tried to be sent, and under which key. */
export interface Attempt {
  readonly key: string;
  readonly content: DraftContent;
  /** How often it was sent without an answer that it did not arrive. */
  readonly unknowns: number;
}

/** What an instructor has written to a course and not sent. */
export interface Draft {
  readonly content: DraftContent;
  readonly attempts: readonly Attempt[];
}

// In localStorage, as sessionStorage ends with the tab; under the user's id, so that nobody finds another's.
const PREFIX = "belfry:draft:";

const nameOf = (userId: number, courseId: number) => `${PREFIX}${userId}:${courseId}`;

/** @returns null if there is none, or the browser does not let us keep any */
export function readDraft(userId: number, courseId: number): Draft | null {
  return stored(null, (storage) => {
    const draft: unknown = JSON.parse(storage.getItem(nameOf(userId, courseId)) ?? "null");
    return isDraft(draft) ? draft : null;
  });
}

export function writeDraft(userId: number, courseId: number, draft: Draft): void {
  stored(undefined, (storage) => storage.setItem(nameOf(userId, courseId), JSON.stringify(draft)));
}

export function removeDraft(userId: number, courseId: number): void {
  stored(undefined, (storage) => storage.removeItem(nameOf(userId, courseId)));
}

/** For the sign-out: nothing that this user wrote stays behind. */
export function clearDrafts(userId: number): void {
  stored(undefined, (storage) => {
    Object.keys(storage)
      .filter((name) => name.startsWith(`${PREFIX}${userId}:`))
      .forEach((name) => storage.removeItem(name));
  });
}

/** Storage may be full or forbidden, and hold what an older version wrote. */
function stored<T>(otherwise: T, act: (storage: Storage) => T): T {
  try {
    return act(localStorage);
  } catch {
    return otherwise;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    isObject(value) && isContent(value.content) && Array.isArray(value.attempts) && value.attempts.every(isAttempt)
  );
}

function isAttempt(value: unknown): value is Attempt {
  return (
    isObject(value) && typeof value.key === "string" && typeof value.unknowns === "number" && isContent(value.content)
  );
}

function isContent(value: unknown): value is DraftContent {
  return (
    isObject(value) && [value.notification_type, value.title, value.message].every((text) => typeof text === "string")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A key that nobody else has. `randomUUID` is missing where the page came by http from another host than localhost. */
export function newIdempotencyKey(
  source: Pick<Crypto, "getRandomValues"> & Partial<Pick<Crypto, "randomUUID">> = crypto,
): string {
  if (source.randomUUID) {
    return source.randomUUID();
  }
  const bytes = source.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
