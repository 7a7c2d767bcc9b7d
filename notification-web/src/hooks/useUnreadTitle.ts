import { useEffect } from "react";
import { capped } from "../lib/capped";
import { badgeTitle } from "../lib/titleBadge";
import { useInbox } from "./useInbox";

/** Shows in the document's title how many are unread. */
export function useUnreadTitle(): void {
  const { unreadCount } = useInbox();
  const text = unreadCount ? capped(unreadCount) : null;
  useEffect(() => (text === null ? undefined : badgeTitle(text)), [text]);
}
