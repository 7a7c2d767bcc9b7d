import { useUnreadTitle } from "./useUnreadTitle";

/** Shows in the document's title how many are unread. One per page. */
export function TitleBadge() {
  useUnreadTitle();
  return null;
}
