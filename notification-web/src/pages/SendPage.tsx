import { useParams } from "react-router";
import { Refused } from "../client/rest/inboxApi";
import { SendReport } from "../sending/SendReport";
import { titleOf } from "../sending/SentUpdates";
import { useCourse, useSend } from "../sending/queries";
import { useTexts } from "../ui/NotificationContext";
import type { SendDetail } from "../client/rest/schemas";
import { NotFound, PageFailure, PageHeading, PageLoading } from "./page";

/** What became of one send. */
export function SendPage() {
  const { id = "" } = useParams();
  const { data: send, error, isPending, refetch } = useSend(id);
  const texts = useTexts().sending;
  if (error instanceof Refused && error.status === 404) {
    return <NotFound />;
  }
  if (!send) {
    return (
      <>
        <PageHeading>Sent update</PageHeading>
        {isPending ? (
          <PageLoading>Loading what you sent…</PageLoading>
        ) : (
          <PageFailure retry={() => void refetch()}>What became of it cannot be shown at the moment.</PageFailure>
        )}
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
