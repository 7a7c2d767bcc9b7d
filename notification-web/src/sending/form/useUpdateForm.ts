import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useState, type SubmitEvent } from "react";
import { useForm } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import type { Refused } from "../../client/rest/inboxApi";
import type { Receipt } from "../../client/rest/schemas";
import { CourseDraft, isBlank } from "./drafts";
import { contentOf, emptyContent, messageSchema, type Content, type MessageValues } from "./messageForm";
import { refusedFields } from "./outcomes";
import { useSending, useTestSend, type Attempt } from "./useSending";

const contentFields = ["notification_type", "title", "message", "label", "url"] as const;

interface Replaced {
  /** Of the template. */
  readonly name: string;
  readonly before: Content;
}

/** What is being written to courses by one user, from the draft of their last visit to the answers of the api. */
export function useUpdateForm(userId: number, courseId: number) {
  const texts = useTexts().sending;
  const [draft] = useState(() => new CourseDraft(userId, courseId));
  const [restored, setRestored] = useState(() => draft.restored);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [replaced, setReplaced] = useState<Replaced | null>(null);
  const resolver = useMemo(() => zodResolver(messageSchema(texts)), [texts]);
  const form = useForm<MessageValues>({
    resolver,
    defaultValues: { ...contentOf(draft.restored), courses: [...draft.courses] },
    mode: "onTouched",
  });

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const isKept = draft.save(values, values.courses) && !isBlank(values);
          setSavedAt(isKept ? Date.now() : null);
        },
      }),
    [form, draft],
  );

  const startAfresh = () => {
    draft.clear();
    setRestored(null);
    setReplaced(null);
    testing.forget();
    form.reset({ ...emptyContent, courses: [courseId] });
  };
  const showRefused = (refusal: Refused) =>
    refusedFields(refusal, texts).forEach(([field, message], index) =>
      form.setError(field, { type: "server", message }, { shouldFocus: index === 0 }),
    );
  const write = (content: Content) => form.reset({ ...content, courses: form.getValues("courses") });
  const sending = useSending(draft, { onRefused: showRefused, onSent: startAfresh });
  const testing = useTestSend(showRefused);

  const { attempt } = sending;
  const isSent = attempt?.courses.every((course) => attempt.outcomes.get(course)?.kind === "sent");
  return {
    form,
    attempt,
    isSending: sending.isSending,
    testing,
    /** What was sent to all of its courses, until another one is written. */
    sent: attempt && isSent ? sentOf(attempt) : null,
    /** Whether the draft is from the last visit, and whether it may have been sent then. */
    restored: restored && (draft.mayHaveArrived(restored) ? "attempted" : "written"),
    /** When the browser last kept the draft, in ms since 1970; null = there is nothing to keep, or it keeps nothing. */
    savedAt,
    /** Whether something is written that is not sent. */
    isWritten: () => !isBlank(form.getValues()),
    submit: (event: SubmitEvent) => void form.handleSubmit(sending.send)(event),
    test: () => void form.handleSubmit(testing.test)(),
    /** What is written as the api takes it; null if that is not so, which is then said beside the fields. */
    validContent: async (): Promise<Content | null> =>
      (await form.trigger(contentFields, { shouldFocus: false })) ? form.getValues() : null,
    /** Puts a template in place of what is written. */
    use: (name: string, content: Content) => {
      const before = form.getValues();
      setReplaced(isBlank(before) ? null : { name, before });
      write(content);
    },
    /** What a template has taken the place of; null = nothing that is worth bringing back. */
    replaced: replaced && {
      by: replaced.name,
      bringBack: () => {
        write(replaced.before);
        setReplaced(null);
      },
    },
    discard: () => {
      sending.forget();
      startAfresh();
    },
    /** Leaves what was sent behind. */
    writeAnother: sending.forget,
  };
}

/** What was sent, and the api's answer for each of its courses. */
export interface Sent {
  readonly title: string;
  readonly receipts: readonly Receipt[];
}

function sentOf({ content, outcomes }: Attempt): Sent {
  const receipts = [...outcomes.values()].flatMap((outcome) => (outcome.kind === "sent" ? [outcome.receipt] : []));
  return { title: content.title, receipts };
}

export type UpdateForm = ReturnType<typeof useUpdateForm>;
