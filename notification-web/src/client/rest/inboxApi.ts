import type { Notification, NotificationType, Numbers } from "../wire/notification";
import { z } from "../wire/schema";
import { serverClock } from "../wire/serverClock";

/** Which notifications a list holds; an absent field leaves nothing out. */
export interface InboxFilter {
  readonly unreadOnly?: boolean;
  readonly type?: NotificationType;
  /** A course's id. */
  readonly course?: number;
}

export interface ListAnswer extends Numbers {
  /** How many the whole list has. */
  readonly count: number;
  /** Newest first. */
  readonly notifications: readonly Notification[];
  /** Asks for the page after this one; null = there is none. Opaque. */
  readonly next: string | null;
}

export interface ChangesAnswer extends Numbers {
  /** The present state of each notification that changed. */
  readonly notifications: readonly Notification[];
  readonly deleted: readonly number[];
  /** The answer would not be whole: load the list again. */
  readonly reset: boolean;
}

/**
 * What the inbox client asks of the REST api. Every call may reject with {@link Refused}, {@link Unreachable} or
 * {@link SignInRequired}, and with nothing else.
 */
export interface InboxApi {
  list(filter: InboxFilter): Promise<ListAnswer>;
  /** @param next of an earlier answer */
  page(next: string): Promise<ListAnswer>;
  changes(after: number, epoch: string): Promise<ChangesAnswer>;
  unreadCount(): Promise<Numbers>;
  /** One of this inbox, with the inbox's numbers of that moment. */
  one(id: number): Promise<Numbers & { readonly notification: Notification }>;
  /** Idempotent; answers with the present state. */
  setRead(id: number, read: boolean): Promise<Numbers>;
  /** @param upTo a notification of this inbox: it and what entered before it become read */
  markAllRead(upTo: number): Promise<Numbers>;
  /** @param keepalive the request outlives the page */
  remove(id: number, keepalive: boolean): Promise<void>;
}

/** The api understood and said no; asking again changes nothing. */
export class Refused extends Error {
  override readonly name = "Refused";

  /**
   * @param code the last part of the problem's type: `not_found`
   * @param detail a sentence for people
   * @param fields what is wrong with each field of the body, by its dotted name
   */
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: ReadonlyMap<string, string> = new Map(),
  ) {
    super(detail);
  }
}

/** No answer, or one that says later: the network, 429, 5xx. Whether the call had an effect is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  /** @param retryAfterMs what the api asked for; null = it did not say */
  constructor(
    detail: string,
    readonly retryAfterMs: number | null = null,
    /** The HTTP status, or null when there was no answer. */
    readonly status: number | null = null,
  ) {
    super(detail);
  }
}

/** No token that the api takes is to be had: the user has to sign in. */
export class SignInRequired extends Error {
  override readonly name = "SignInRequired";

  /** @param isTokenRefused the api did not take the token that was given */
  constructor(readonly isTokenRefused = false) {
    super(isTokenRefused ? "the api does not take the token" : "sign-in required");
  }
}

/** RFC 9457, as far as it is there: what stands between page and api may answer anything. */
const problemSchema = z.object({
  type: z.catch(z.string(), ""),
  title: z.catch(z.string(), ""),
  detail: z.catch(z.string(), ""),
  errors: z.catch(z.array(z.object({ field: z.string(), message: z.string() })), []),
});

const nothing: z.infer<typeof problemSchema> = { type: "", title: "", detail: "", errors: [] };

/** Statuses that say "later" even without `Retry-After`. */
const later = new Set([408, 425, 429]);

/** What a status of 400 or above means. 401 is not among them: the code that has the tokens knows what it means. */
export function failureOf(response: Response, body: unknown): Refused | Unreachable {
  const parsed = problemSchema.safeParse(body);
  const problem = parsed.success ? parsed.data : nothing;
  const detail = problem.detail || problem.title || `The server answered ${response.status}.`;
  const retryAfterMs = readRetryAfter(response.headers.get("Retry-After"), serverClock.now());
  if (response.status >= 500 || retryAfterMs !== null || later.has(response.status)) {
    return new Unreachable(detail, retryAfterMs, response.status);
  }
  const code = problem.type.split(":").at(-1) ?? "";
  return new Refused(
    response.status,
    code,
    detail,
    new Map(problem.errors.map((error) => [error.field, error.message])),
  );
}

/** Seconds or a date. @returns null if it is absent or neither */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") {
    return null;
  }
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
