import type { Texts } from "../../lib/texts";
import { localeFor } from "../../lib/times";
import { Refused, SignInRequired, Unreachable } from "../../client/rest/inboxApi";

/** Why a send did not succeed, as far as its writer is concerned. */
export type SendFailure =
  /** It may have arrived. */
  | { readonly kind: "unknown" }
  | { readonly kind: "not_sent"; readonly reason: string }
  /** Each of its reasons stands beside its field. */
  | { readonly kind: "fields" };

/** @param shownFields those that have a place for what is wrong with them */
export function sendFailure(error: unknown, shownFields: readonly string[], nowMs: number, all: Texts): SendFailure {
  const texts = all.sending;
  if (error instanceof SignInRequired) {
    return { kind: "not_sent", reason: texts.signInEnded };
  }
  if (error instanceof Unreachable && error.status === 429) {
    return { kind: "not_sent", reason: tooMany(error.retryAfterMs, nowMs, all) };
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

function tooMany(retryAfterMs: number | null, nowMs: number, { sending, inbox }: Texts): string {
  if (retryAfterMs === null) {
    return sending.tooManyNow;
  }
  const at = new Date(nowMs + retryAfterMs);
  return sending.tooMany(at.toLocaleTimeString(localeFor(inbox.language), { timeStyle: "medium" }));
}
