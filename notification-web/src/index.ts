export {
  NotificationProvider,
  useInboxClient,
  useMe,
  useNotificationService,
  usePortalContainer,
  useTexts,
  type NotificationProviderProps,
  type PortalContainer,
} from "./ui/NotificationContext";

export { NotificationBell, type NotificationBellProps } from "./bell/NotificationBell";
export { NotificationHistory, type NotificationHistoryProps } from "./history/NotificationHistory";
export { NotificationList, type NotificationListProps } from "./history/list/NotificationList";
export { NotificationItem, type ItemSlot, type NotificationItemProps } from "./ui/NotificationItem";
export { NotificationToasts, type NotificationToastsProps } from "./bell/toasts/NotificationToasts";
export { ConnectionStatus, type ConnectionStatusProps } from "./bell/ConnectionStatus";
export { RelativeTime, type RelativeTimeProps } from "./ui/RelativeTime";
export { TitleBadge } from "./bell/TitleBadge";
export { AppBadge, useAppBadge } from "./bell/AppBadge";
export { FaviconBadge, useUnreadFavicon } from "./bell/FaviconBadge";
export { DesktopNotifications } from "./bell/desktop/DesktopNotifications";
export { DesktopSwitch } from "./bell/desktop/DesktopSwitch";
export { useDesktop, type Desktop } from "./bell/desktop/useDesktop";
export { TypeIcon } from "./ui/TypeIcon";

export { CourseUpdateButton, type CourseUpdateButtonProps } from "./sending/CourseUpdateButton";
export { CourseUpdateNotification, type CourseUpdateNotificationProps } from "./sending/CourseUpdateNotification";
export { SendReport } from "./sending/SendReport";
export { SentUpdates, type SentUpdatesProps } from "./sending/SentUpdates";

export { useCourse } from "./sending/queries";
export { useHeldList, type HeldList } from "./history/list/useHeldList";
export { useInbox } from "./ui/useNotifications";
export { useLinks, type LinkProps, type Links, type Routing } from "./ui/useLinks";
export { useNotification } from "./ui/useNotifications";
export { useNotifications, type Notifications } from "./ui/useNotifications";
export { useSend } from "./sending/queries";
export { useSends } from "./sending/queries";
export { useUnreadTitle } from "./bell/TitleBadge";

export { clearDrafts } from "./sending/form/drafts";
export { safeLabel, safeUrl } from "./lib/links";
export { directionOf, languages, loadTexts, preferredLanguage, type Language } from "./lib/languages";
export { englishTexts, type SomeTexts, type Texts } from "./lib/texts";

export type { ReportedError } from "./client/rest/episodes";

export * from "./client/index";
