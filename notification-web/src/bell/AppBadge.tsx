import { useEffect } from "react";
import { useInbox } from "../ui/useNotifications";

/** Shows on the icon of the application how many are unread, where the page is installed as one. One per page. */
export function AppBadge() {
  useAppBadge();
  return null;
}

/** Shows on the icon of the application how many are unread. */
export function useAppBadge(): void {
  const { unreadCount } = useInbox();
  useEffect(() => {
    if (unreadCount !== null) {
      void show(unreadCount);
    }
  }, [unreadCount]);
  // The user signs out; a page that is closed leaves the number that it had.
  useEffect(() => () => void show(0), []);
}

async function show(unread: number): Promise<void> {
  try {
    await (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge());
  } catch {
    // No such thing in this browser, or not allowed.
  }
}
