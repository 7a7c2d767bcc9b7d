import type { Texts } from "../../lib/texts";
import { Refused, SignInRequired, Unreachable } from "../../realtime/inboxApi";

/** Why a send did not succeed, as far as its writer is concerned. */
export type SendFailure =
  /** It may have arrived. */
  | { readonly kind: "unknown" }
  | { readonly kind: "not_sent"; readonly reason: string }
  /** Each of its reasons stands beside its field. */
  | { readonly kind: "fields" };

/** @param shownFields those that have a place for what is wrong with them */
export function sendFailure(
  error: unknown,
  shownFields: readonly string[],
  nowMs: number,
  texts: Texts["sending"],
): SendFailure {
  if (error instanceof SignInRequired) {
    return { kind: "not_sent", reason: texts.signInEnded };
  }
  if (error instanceof Unreachable && error.status === 429) {
    return { kind: "not_sent", reason: tooMany(error.retryAfterMs, nowMs, texts) };
  }
  if (!(error instanceof Refused)) {
    return { kind: "unknown" };
  }
  const others = [...error.fields].filter(([field]) => !shownFields.includes(field));
  if (error.fields.size > 0 && others.length === 0) {
    return { kind: "fields" };
  }
  const reason = others.map(([field, message]) => `${field}: ${message}`).join("; ");
  return { kind: "not_sent", reason: texts.refused(reason || error.message) };
}

function tooMany(retryAfterMs: number | null, nowMs: number, texts: Texts["sending"]): string {
  return retryAfterMs === null
    ? texts.tooManyNow
    : texts.tooMany(new Date(nowMs + retryAfterMs).toLocaleTimeString(undefined, { timeStyle: "medium" }));
}
