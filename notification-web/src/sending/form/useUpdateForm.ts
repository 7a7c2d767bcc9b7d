import { serverClock } from "../../client/wire/serverClock";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useRef, useState, type SubmitEvent } from "react";
import { useForm } from "react-hook-form";
import { useLocale, useTexts, useNotificationService } from "../../ui/NotificationContext";
import { CourseDraft } from "./drafts";
import { Refused, SignInRequired, Unreachable } from "../../client/rest/inboxApi";
import { emptyMessage, messageSchema, valuesOf, type MessageValues } from "./messageForm";
import type { Texts } from "../../lib/texts";
import { useMutation } from "@tanstack/react-query";
import type { CourseMessage, NotificationService } from "../../client/rest/notificationService";
import type { Receipt } from "../../client/rest/schemas";
import { networkMode, queryKeys, useQueries } from "../queries";

/** Those that have a place for what is wrong with them. */
const fields = ["notification_type", "title", "message"] as const;

/** What is being written to a course by one user, from the draft of their last visit to the answer of the api. */
export function useUpdateForm(userId: number, courseId: number) {
  const texts = useTexts().sending;
  const locale = useLocale();
  const [draft] = useState(() => new CourseDraft(userId, courseId));
  const [restored, setRestored] = useState(() => draft.restored);
  const [failure, setFailure] = useState<SendFailure | null>(null);
  const isBusy = useRef(false);
  const resolver = useMemo(() => zodResolver(messageSchema(texts)), [texts]);
  const form = useForm<MessageValues>({
    resolver,
    defaultValues: valuesOf(draft.restored),
    mode: "onTouched",
  });
  const startAfresh = () => {
    draft.clear();
    setRestored(null);
    setFailure(null);
    form.reset(emptyMessage);
  };
  const sending = useSendUpdate(courseId, startAfresh);

  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => draft.save(values) }),
    [form, draft],
  );

  const learnFrom = (refusal: Refused, message: MessageValues) => {
    if (refusal.code === "idempotency_key_reused") {
      draft.forgetKey(message);
    }
    const broken = fields.filter((field) => refusal.fields.has(field));
    broken.forEach((field, index) => {
      const reason = texts.fieldRefused[field]({ reason: refusal.fields.get(field) ?? "" });
      form.setError(field, { type: "server", message: reason }, { shouldFocus: index === 0 });
    });
  };

  const send = (message: MessageValues) => {
    if (isBusy.current) {
      return;
    }
    isBusy.current = true;
    setFailure(null);
    sending.mutate(
      { message, key: draft.keyFor(message) },
      {
        onError: (error) => {
          const outcome = sendFailure(error, texts, locale);
          setFailure(outcome);
          if (outcome.kind !== "unknown") {
            draft.notSent(message);
          }
          if (error instanceof Refused) {
            learnFrom(error, message);
          }
        },
        onSettled: () => {
          isBusy.current = false;
        },
      },
    );
  };

  return {
    form,
    /** What the last attempt came to, until the next one. */
    failure,
    isSending: sending.isPending,
    /** What was sent, or is being sent, or was tried to; undefined before. */
    lastMessage: sending.variables?.message,
    /** The api's answer, once it is sent. */
    receipt: sending.data,
    /** Whether the draft is from the last visit, and whether it may have been sent then. */
    restored: restored && (draft.mayHaveArrived(restored) ? "attempted" : "written"),
    submit: (event: SubmitEvent) => void form.handleSubmit(send)(event),
    discard: startAfresh,
    /** Leaves what was sent behind. */
    writeAnother: sending.reset,
  };
}

export type UpdateForm = ReturnType<typeof useUpdateForm>;

/** Why a send did not succeed, as far as its writer is concerned. */
type SendFailure =
  /** It may have arrived. */
  | { readonly kind: "unknown" }
  | { readonly kind: "not_sent"; readonly reason: string }
  /** Each of its reasons stands beside its field. */
  | { readonly kind: "fields" };

function sendFailure(error: unknown, texts: Texts["sending"], locale: string): SendFailure {
  if (error instanceof SignInRequired) {
    return { kind: "not_sent", reason: texts.signInEnded };
  }
  if (error instanceof Unreachable && error.status === 429) {
    return { kind: "not_sent", reason: tooMany(error.retryAfterMs, texts, locale) };
  }
  if (!(error instanceof Refused)) {
    return { kind: "unknown" };
  }
  const others = [...error.fields].filter(([field]) => !fields.some((shown) => shown === field));
  if (error.fields.size > 0 && others.length === 0) {
    return { kind: "fields" };
  }
  const reason = others.map(([field, message]) => `${field}: ${message}`).join("; ");
  return { kind: "not_sent", reason: texts.refused({ reason: reason || error.message }) };
}

function tooMany(retryAfterMs: number | null, texts: Texts["sending"], locale: string): string {
  if (retryAfterMs === null) {
    return texts.tooManyNow;
  }
  const at = new Date(serverClock.now() + retryAfterMs);
  return texts.tooMany({ time: at.toLocaleTimeString(locale, { timeStyle: "medium" }) });
}

interface Update {
  readonly message: CourseMessage;
  /** Of this message alone: sent again under it, it is the same send. */
  readonly key: string;
}

/** The first request with a key is being answered for 10 s at most; then its repetition takes over. */
const MAX_IN_PROGRESS = 15;

/**
 * Sends to a course.
 *
 * @param onSent is called even if the component has gone meanwhile
 */
function useSendUpdate(courseId: number, onSent: (receipt: Receipt) => void) {
  const service = useNotificationService();
  const queries = useQueries();
  return useMutation(
    {
      mutationFn: (update: Update) => sendPatiently(service, courseId, update),
      onSuccess: (receipt) => {
        onSent(receipt);
        void queries.invalidateQueries({ queryKey: queryKeys.sends(courseId) });
      },
      networkMode,
    },
    queries,
  );
}

async function sendPatiently(service: NotificationService, courseId: number, update: Update): Promise<Receipt> {
  for (let turn = 1; ; turn++) {
    try {
      return await service.notifyStudents(courseId, update.message, update.key);
    } catch (error) {
      if (!(error instanceof Unreachable && error.status === 409) || turn === MAX_IN_PROGRESS) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 1_000));
    }
  }
}
