import { useRef, useState } from "react";
import { useLocale, useNotificationService, useTexts } from "../../ui/NotificationContext";
import { Refused } from "../../client/rest/inboxApi";
import { newKey } from "../../client/outbox/queue";
import { queryKeys, useQueries } from "../queries";
import { isSame, type CourseDraft } from "./drafts";
import { messageOf, type Content, type MessageValues } from "./messageForm";
import { concernsAll, patiently, sendFailure, type CourseOutcome, type SendFailure } from "./outcomes";

/** One press of the button. */
export interface Attempt {
  readonly content: Content;
  readonly courses: readonly number[];
  /** Of each course but those that were not tried any more. */
  readonly outcomes: ReadonlyMap<number, CourseOutcome>;
}

interface Listeners {
  readonly onRefused: (refusal: Refused) => void;
  /** All courses have it. Called even if the component has gone meanwhile. */
  readonly onSent: () => void;
}

/** Sends to one course after the other what each does not have yet: a repetition sends what is missing, under the same keys. */
export function useSending(draft: CourseDraft, { onRefused, onSent }: Listeners) {
  const service = useNotificationService();
  const queries = useQueries();
  const texts = useTexts().sending;
  const locale = useLocale();
  const isBusy = useRef(false);
  const [isSending, setSending] = useState(false);
  const [attempt, setAttempt] = useState<Attempt | null>(null);

  const sendTo = async (course: number, content: Content): Promise<CourseOutcome> => {
    const key = draft.keyFor(content, course);
    const receipt = await patiently(() => service.notifyStudents(course, messageOf(content), key));
    draft.sent(content, course, receipt);
    void queries.invalidateQueries({ queryKey: queryKeys.sends(course) });
    return { kind: "sent", receipt };
  };

  /** @returns why not, and whether it would be the same for every other course */
  const learnFrom = (error: unknown, course: number, content: Content): readonly [SendFailure, boolean] => {
    const failure = sendFailure(error, texts, locale);
    if (failure.kind !== "unknown") {
      draft.notSent(content, course);
    }
    if (error instanceof Refused) {
      if (error.code === "idempotency_key_reused") {
        draft.forgetKey(content, course);
      }
      onRefused(error);
    }
    return [failure, concernsAll(error)];
  };

  const send = async ({ courses, ...content }: MessageValues): Promise<void> => {
    if (isBusy.current) {
      return;
    }
    isBusy.current = true;
    setSending(true);
    setAttempt(null);
    const outcomes = new Map<number, CourseOutcome>();
    let isOver = false;
    for (const course of courses) {
      const receipt = draft.receiptOf(content, course);
      if (receipt) {
        outcomes.set(course, { kind: "sent", receipt });
      } else if (!isOver) {
        try {
          outcomes.set(course, await sendTo(course, content));
        } catch (error) {
          const [failure, isForAll] = learnFrom(error, course, content);
          outcomes.set(course, failure);
          isOver = isForAll;
        }
      }
    }
    isBusy.current = false;
    setSending(false);
    setAttempt({ content, courses, outcomes });
    if (courses.every((course) => outcomes.get(course)?.kind === "sent")) {
      onSent();
    }
  };

  return { attempt, isSending, send, forget: () => setAttempt(null) };
}

/** What became of the last test. */
export type TestOutcome = { readonly kind: "sent" } | SendFailure;

/** Sends to the writer alone what a course would get. */
export function useTestSend(onRefused: Listeners["onRefused"]) {
  const service = useNotificationService();
  const texts = useTexts().sending;
  const locale = useLocale();
  const isBusy = useRef(false);
  const [isTesting, setTesting] = useState(false);
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  /** Of the test that may have arrived. */
  const open = useRef<{ readonly key: string; readonly content: Content; readonly course: number }>(null);

  const test = async ({ courses: [course = 0], ...content }: MessageValues): Promise<void> => {
    if (isBusy.current) {
      return;
    }
    isBusy.current = true;
    setTesting(true);
    setOutcome(null);
    if (open.current?.course !== course || !isSame(content, open.current.content)) {
      open.current = { key: newKey(), content, course };
    }
    const { key } = open.current;
    try {
      await patiently(() => service.notifyMyself(course, messageOf(content), key));
      open.current = null;
      setOutcome({ kind: "sent" });
    } catch (error) {
      setOutcome(sendFailure(error, texts, locale));
      if (error instanceof Refused) {
        open.current = null;
        onRefused(error);
      }
    }
    isBusy.current = false;
    setTesting(false);
  };

  return { test, isTesting, outcome, forget: () => setOutcome(null) };
}
