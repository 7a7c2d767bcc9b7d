import { useParams } from "wouter";
import { Refused } from "../client/rest/inboxApi";
import { SendReport } from "../sending/SendReport";
import { titleOf } from "../sending/SentUpdates";
import { useCourse, useSend } from "../sending/queries";
import { useTexts } from "../ui/NotificationContext";
import { isFinal, useIsMissing } from "../ui/useIsMissing";
import type { SendDetail } from "../client/rest/schemas";
import { usePageTexts } from "./language";
import { Meanwhile, NotFound, PageFailure, PageHeading } from "./page";

/** What became of one send. */
export function SendPage() {
  const { id } = useParams<{ id: string }>();
  const query = useSend(id);
  const { data: send, error, refetch } = query;
  const isMissing = useIsMissing(query);
  const pageTexts = usePageTexts();
  const texts = useTexts().sending;
  if (error instanceof Refused && error.status === 404) {
    return <NotFound />;
  }
  if (!send) {
    return isMissing ? (
      <>
        <PageHeading>{pageTexts.send}</PageHeading>
        <PageFailure isTried={!isFinal(error)} retry={() => void refetch()}>
          {pageTexts.sendError}
        </PageFailure>
      </>
    ) : (
      <Meanwhile heading="send" loading="sendLoading" />
    );
  }
  return (
    <>
      <PageHeading>{titleOf(send, texts)}</PageHeading>
      {send.course === null ? <SendReport send={send} course={null} /> : <OfCourse send={send} course={send.course} />}
    </>
  );
}

function OfCourse({ send, course }: { readonly send: SendDetail; readonly course: number }) {
  const { data } = useCourse(course);
  return <SendReport send={send} course={data?.title ?? null} />;
}
