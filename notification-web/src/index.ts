export {
  NotificationProvider,
  useInboxClient,
  useMe,
  useNotificationService,
  useTexts,
  type NotificationProviderProps,
} from "./contexts/NotificationContext";

export { NotificationBell, type NotificationBellProps } from "./components/NotificationBell";
export { NotificationHistory, type NotificationHistoryProps } from "./components/NotificationHistory";
export { NotificationList, type NotificationListProps } from "./components/NotificationList";
export { NotificationItem, type NotificationItemProps } from "./components/NotificationItem";
export { NotificationToasts, type NotificationToastsProps } from "./components/NotificationToasts";
export { ConnectionStatus, type ConnectionStatusProps } from "./components/ConnectionStatus";
export { RelativeTime, type RelativeTimeProps } from "./components/RelativeTime";
export { TitleBadge } from "./components/TitleBadge";
export { TypeIcon } from "./components/TypeIcon";

export { CourseUpdateButton, type CourseUpdateButtonProps } from "./components/CourseUpdateButton";
export { CourseUpdateNotification, type CourseUpdateNotificationProps } from "./components/CourseUpdateNotification";
export { SentUpdates, type SentUpdatesProps } from "./components/SentUpdates";

export { useCourse } from "./hooks/useCourse";
export { useHeldList, type HeldList } from "./hooks/useHeldList";
export { useInbox } from "./hooks/useInbox";
export { useLinks, type LinkProps, type Links, type Routing } from "./hooks/useLinks";
export { useNotification } from "./hooks/useNotification";
export { useNotifications, type Notifications } from "./hooks/useNotifications";
export { useSend } from "./hooks/useSend";
export { useSends } from "./hooks/useSends";
export { useUnreadTitle } from "./hooks/useUnreadTitle";

export { clearDrafts } from "./lib/drafts";
export { safeUrl } from "./lib/links";
export { englishTexts, type Texts } from "./lib/texts";
export { NotificationService, type CourseMessage } from "./services/notificationService";
export type { Course, Me, Receipt, Send } from "./services/schemas";

export * from "./realtime/index";
