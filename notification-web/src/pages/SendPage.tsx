import { useParams } from "wouter";
import { Refused } from "../client/rest/inboxApi";
import { SendReport } from "../sending/SendReport";
import { titleOf } from "../sending/SentUpdates";
import { useCourse, useSend } from "../sending/queries";
import { useTexts } from "../ui/NotificationContext";
import type { SendDetail } from "../client/rest/schemas";
import { usePageTexts } from "./language";
import { Meanwhile, NotFound, PageFailure, PageHeading } from "./page";

/** What became of one send. */
export function SendPage() {
  const { id } = useParams<{ id: string }>();
  const { data: send, error, isPending, refetch } = useSend(id);
  const pageTexts = usePageTexts();
  const texts = useTexts().sending;
  if (error instanceof Refused && error.status === 404) {
    return <NotFound />;
  }
  if (!send) {
    return isPending ? (
      <Meanwhile heading="send" loading="sendLoading" />
    ) : (
      <>
        <PageHeading>{pageTexts.send}</PageHeading>
        <PageFailure retry={() => void refetch()}>{pageTexts.sendError}</PageFailure>
      </>
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
