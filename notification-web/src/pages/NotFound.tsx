import { Link } from "react-router";
import { PageHeading } from "./PageHeading";

/** The api does not say whether something is not there or not yours, and neither does this. */
export function NotFound() {
  return (
    <>
      <PageHeading>Nothing here</PageHeading>
      <p>There is nothing at this address, or it is not yours to see.</p>
      <p>
        <Link to="/">To your courses</Link>
      </p>
    </>
  );
}
