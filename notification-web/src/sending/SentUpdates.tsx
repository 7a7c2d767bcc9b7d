import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useFirstNew } from "../ui/useFirstNew";
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

function SentList({ courseId }: SentUpdatesProps) {
  const texts = useTexts().sending;
  const sends = useSends(courseId);
  const items = sends.data?.pages.flatMap((page) => page.results) ?? [];
  const { list, grow } = useFirstNew(items.length);
  const showMore = () => grow(() => sends.fetchNextPage());
  if (sends.isPending) {
    return (
      <div role="status" aria-busy>
        <span className="belfry-visually-hidden">{texts.sentLoading}</span>
        <div className="belfry-skeleton belfry-sent__skeleton" />
        <div className="belfry-skeleton belfry-sent__skeleton" />
      </div>
    );
  }
  if (!sends.data) {
    return <Failure text={texts.sentError} retry={() => void sends.refetch()} />;
  }
  if (items.length === 0) {
    return <p className="belfry-sent__empty">{texts.sentEmpty}</p>;
  }
  return (
    <>
      {sends.isRefetchError && <p className="belfry-alert belfry-alert--warning">{texts.stale}</p>}
      <ul className="belfry-sent__list" ref={list}>
        {items.map((send) => (
          <SentUpdate key={send.request_id} send={send} />
        ))}
      </ul>
      {sends.isFetchNextPageError ? (
        <Failure text={texts.moreError} retry={showMore} />
      ) : (
        sends.hasNextPage && (
          <button type="button" className="belfry-button" aria-disabled={sends.isFetchingNextPage} onClick={showMore}>
            {sends.isFetchingNextPage ? texts.moreLoading : texts.more}
          </button>
        )
      )}
    </>
  );
}

function Failure({ text, retry }: { readonly text: string; readonly retry: () => void }) {
  const texts = useTexts().sending;
  return (
    <div className="belfry-alert" role="alert">
      <p>{text}</p>
      <button type="button" className="belfry-button" onClick={retry}>
        {texts.retry}
      </button>
    </div>
  );
}

/** One earlier send and what became of it. */
export function SentUpdate({ send }: { readonly send: Send }) {
  const texts = useTexts();
  const type = send.notification_type ?? "";
  return (
    <li className="belfry-sent__item">
      <p className="belfry-sent__title belfry-focusable" tabIndex={-1}>
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
