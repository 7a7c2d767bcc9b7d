import { Refused, SignInRequired, Unreachable } from "../client/rest/inboxApi";
import type { Send } from "../client/rest/schemas";

/** The names of what is kept of the server's state. */
export const queryKeys = {
  courses: ["belfry", "courses"] as const,
  course: (courseId: number) => ["belfry", "course", courseId] as const,
  sends: (courseId: number) => ["belfry", "sends", courseId] as const,
  send: (requestId: string) => ["belfry", "send", requestId] as const,
};

/** Without a network a call fails at once and says so, instead of looking like one that takes long. */
export const networkMode = "always";

const FAST_MS = 1_000;
const SLOW_MS = 5_000;

/**
 * When to ask again how far sends have come: soon while one is on its way, now and then for who has read it.
 *
 * @param error of the last question, or null
 * @returns false when nothing more is to be heard
 */
export function progressInterval(sends: readonly Send[] | undefined, error: Error | null): number | false {
  if (error instanceof Unreachable) {
    return Math.max(SLOW_MS, error.retryAfterMs ?? 0);
  }
  if (error instanceof SignInRequired || error instanceof Refused || !sends) {
    return false;
  }
  if (sends.some((send) => send.status === "accepted")) {
    return FAST_MS;
  }
  return sends.some((send) => send.status === "stored" && send.recipients > 0) ? SLOW_MS : false;
}
