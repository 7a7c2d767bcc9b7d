import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import { PagedList } from "../ui/PagedList";
import { useSends } from "./queries";
import type { Texts } from "../lib/texts";
import { exactTime, localeFor } from "../lib/times";
import { typeName } from "../lib/words";
import type { Send } from "../client/rest/schemas";
import { outcomeOf, ReadMeter } from "./SendProgress";

export interface SentUpdatesProps {
  readonly courseId: number;
}

/** What the user sent to a course, newest first, each with how far it has come and how many have read it. */
export function SentUpdates({ courseId }: SentUpdatesProps) {
  const texts = useTexts().sending;
  const id = useId();
  return (
    <section className="belfry-sent" aria-labelledby={id}>
      <h2 className="belfry-sent__heading" id={id}>
        {texts.sent}
      </h2>
      <SentList courseId={courseId} />
    </section>
  );
}

const classes = { list: "belfry-sent__list", skeleton: "belfry-sent__skeleton", empty: "belfry-sent__empty" };

function SentList({ courseId }: SentUpdatesProps) {
  const texts = useTexts().sending;
  const sends = useSends(courseId);
  const words = { ...texts, loading: texts.sentLoading, error: texts.sentError, empty: texts.sentEmpty };
  return (
    <>
      {sends.isRefetchError && <p className="belfry-alert belfry-alert--warning">{texts.stale}</p>}
      <PagedList query={sends} texts={words} classes={classes}>
        {(send) => <SentUpdate key={send.request_id} send={send} />}
      </PagedList>
    </>
  );
}

/** One earlier send and what became of it. */
export function SentUpdate({ send }: { readonly send: Send }) {
  const texts = useTexts();
  const type = send.notification_type ?? "";
  return (
    <li className="belfry-sent__item">
      <p className="belfry-sent__title belfry-focusable" tabIndex={-1} dir="auto">
        {titleOf(send, texts.sending)}
      </p>
      <p className="belfry-sent__facts">
        {type && <span className="belfry-sent__type">{typeName(texts.types, type)}</span>}
        <time dateTime={send.created_at}>
          {exactTime(Date.parse(send.created_at), localeFor(texts.inbox.language))}
        </time>
        <span className={`belfry-sent__state belfry-sent__state--${send.status}`}>
          {outcomeOf(send, texts.sending)}
        </span>
      </p>
      {send.status === "stored" && send.recipients > 0 && <ReadMeter send={send} />}
    </li>
  );
}

function titleOf({ title }: Send, texts: Texts["sending"]): string {
  return title == null ? texts.titleUnknown : title || texts.untitled;
}
