import { Refused, Unreachable } from "./inboxApi";
import { z } from "../wire/schema";

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

/** What a status of 400 or above means. 401 is not among them: whoever has the tokens knows what it means. */
export function failureOf(response: Response, body: unknown): Refused | Unreachable {
  const parsed = problemSchema.safeParse(body);
  const problem = parsed.success ? parsed.data : nothing;
  const detail = problem.detail || problem.title || `The server answered ${response.status}.`;
  const retryAfterMs = readRetryAfter(response.headers.get("Retry-After"), Date.now());
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
