import { useEffect } from "react";
import { capped } from "../lib/words";
import { useInbox } from "../ui/useNotifications";

/** Shows in the document's title how many are unread. One per page. */
export function TitleBadge() {
  useUnreadTitle();
  return null;
}

/** Shows in the document's title how many are unread. */
export function useUnreadTitle(): void {
  const { unreadCount } = useInbox();
  const text = unreadCount ? capped(unreadCount) : null;
  useEffect(() => (text === null ? undefined : badgeTitle(text)), [text]);
}

/**
 * Puts "(3) " before the document's title, and keeps it there when the application changes the title. One per page.
 *
 * @param text what stands between the parentheses
 * @returns leaves the title to the application again
 */
function badgeTitle(text: string): () => void {
  const badge = `(${text})`;
  /** What the application wants. */
  let own = document.title;
  const badged = () => `${badge} ${own}`.trim();
  const write = () => {
    const { title } = document;
    if (title !== badged()) {
      // A second badge would else add its own for ever.
      own = title.startsWith(badge) ? title.slice(badge.length).trim() : title;
      document.title = badged();
    }
  };
  const observer = new MutationObserver(write);
  // Of the head: the application may put another title element in place of this one.
  observer.observe(document.head, { childList: true, characterData: true, subtree: true });
  write();
  return () => {
    observer.disconnect();
    if (document.title === badged()) {
      document.title = own;
    }
  };
}
