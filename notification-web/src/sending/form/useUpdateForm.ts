import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useRef, useState, type SubmitEvent } from "react";
import { useForm } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { useSendUpdate } from "./useSendUpdate";
import { CourseDraft } from "./courseDraft";
import { Refused } from "../../client/rest/inboxApi";
import { emptyMessage, messageSchema, valuesOf, type MessageValues } from "./messageForm";
import { sendFailure, type SendFailure } from "./sendFailure";

const fields = ["notification_type", "title", "message"] as const;

/** What is being written to a course by one user, from the draft of their last visit to the answer of the api. */
export function useUpdateForm(userId: number, courseId: number) {
  const all = useTexts();
  const texts = all.sending;
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
      const reason = texts.fieldRefused[field](refusal.fields.get(field) ?? "");
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
          const outcome = sendFailure(error, fields, Date.now(), all);
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
