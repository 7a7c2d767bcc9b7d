import { serverClock } from "../../client/wire/serverClock";
import { Refused, SignInRequired, Unreachable } from "../../client/rest/inboxApi";
import type { Receipt } from "../../client/rest/schemas";
import type { Texts } from "../../lib/texts";

/** Why something was not sent, as far as its writer is concerned. */
export type SendFailure =
  /** It may have arrived. */
  | { readonly kind: "unknown" }
  | { readonly kind: "not_sent"; readonly reason: string }
  /** Each of its reasons stands beside its field. */
  | { readonly kind: "fields" };

/** What became of the last attempt at one course. */
export type CourseOutcome = { readonly kind: "sent"; readonly receipt: Receipt } | SendFailure;

/** Those of the form that have a place for what is wrong with them, by their names in the api. */
const places = {
  notification_type: "notification_type",
  title: "title",
  message: "message",
  "data.label": "label",
  "data.url": "url",
} as const;

type Field = (typeof places)[keyof typeof places];

const isPlace = (field: string): field is keyof typeof places => Object.hasOwn(places, field);

/** What the api says of the form's fields, each with its words. */
export function refusedFields(refusal: Refused, texts: Texts["sending"]): readonly (readonly [Field, string])[] {
  return [...refusal.fields].flatMap(([name, reason]) =>
    isPlace(name) ? [[places[name], texts.fieldRefused[places[name]]({ reason })] as const] : [],
  );
}

export function sendFailure(error: unknown, texts: Texts["sending"], locale: string): SendFailure {
  if (error instanceof SignInRequired) {
    return { kind: "not_sent", reason: texts.signInEnded };
  }
  if (error instanceof Unreachable && error.status === 429) {
    return { kind: "not_sent", reason: tooMany(error.retryAfterMs, texts, locale) };
  }
  if (!(error instanceof Refused)) {
    return { kind: "unknown" };
  }
  const others = [...error.fields].filter(([field]) => !isPlace(field));
  if (error.fields.size > 0 && others.length === 0) {
    return { kind: "fields" };
  }
  const reason = others.map(([field, message]) => `${field}: ${message}`).join("; ");
  return { kind: "not_sent", reason: texts.refused({ reason: reason || error.message }) };
}

/** Whether it says nothing of the course: with any other course it would be the same. */
export function concernsAll(error: unknown): boolean {
  return (
    error instanceof SignInRequired ||
    (error instanceof Unreachable && (error.status === null || error.status === 429)) ||
    (error instanceof Refused && error.fields.size > 0)
  );
}

function tooMany(retryAfterMs: number | null, texts: Texts["sending"], locale: string): string {
  if (retryAfterMs === null) {
    return texts.tooManyNow;
  }
  const at = new Date(serverClock.now() + retryAfterMs);
  return texts.tooMany({ time: at.toLocaleTimeString(locale, { timeStyle: "medium" }) });
}

/** The first request with a key is being answered for 10 s at most; then its repetition takes over. */
const MAX_IN_PROGRESS = 15;

/** Asks again as long as the api says that the first request with this key is being answered. */
export async function patiently(send: () => Promise<Receipt>): Promise<Receipt> {
  for (let turn = 1; ; turn++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Unreachable && error.status === 409) || turn === MAX_IN_PROGRESS) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 1_000));
    }
  }
}
