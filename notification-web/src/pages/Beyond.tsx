import { AppBadge } from "../bell/AppBadge";
import { DesktopNotifications } from "../bell/desktop/DesktopNotifications";
import { FaviconBadge } from "../bell/FaviconBadge";
import { TitleBadge } from "../bell/TitleBadge";
import { NotificationToasts } from "../bell/toasts/NotificationToasts";
import { useRouting } from "./page";

/** What tells of the inbox beside the page: on it, on its tab, on its icon, on the desktop. */
export function Beyond() {
  const routing = useRouting();
  return (
    <>
      <NotificationToasts {...routing} />
      <TitleBadge />
      <FaviconBadge />
      <AppBadge />
      <DesktopNotifications {...routing} />
    </>
  );
}
