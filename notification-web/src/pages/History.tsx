import { useParams } from "react-router";
import { NotificationHistory } from "../history/NotificationHistory";
import { idOf, NotFound, PageHeading, useRouting } from "./page";

/** All of one's notifications; with an id in the address, that one above them. */
export function History() {
  const { id } = useParams();
  const routing = useRouting();
  const selectedId = idOf(id);
  if (id !== undefined && selectedId === null) {
    return <NotFound />;
  }
  return (
    <>
      <PageHeading>Notifications</PageHeading>
      <NotificationHistory selectedId={selectedId} {...routing} />
    </>
  );
}
