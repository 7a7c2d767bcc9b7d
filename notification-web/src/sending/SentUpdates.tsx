import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import { useFirstNew } from "../ui/useFirstNew";
import { useSends } from "./useSends";
import { SentUpdate } from "./SentUpdate";

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
