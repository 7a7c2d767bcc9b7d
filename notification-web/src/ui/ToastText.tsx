import type { ComponentType, ReactNode } from "react";
import { useTexts } from "./NotificationContext";
import type { LinkProps } from "./useLinks";
import { excerpt, nameOf } from "../lib/words";
import type { Notification } from "../client/wire/notification";
import { buttonIn } from "../lib/links";
import { OriginText } from "./Origin";

interface PartProps {
  readonly className: string;
  readonly dir?: "auto";
  readonly children: ReactNode;
}

interface ToastTextProps {
  readonly notification: Notification;
  /** Of `useLinks`. */
  readonly link: LinkProps;
  /** What is read out as the toast's name, and as its text. */
  readonly Title: ComponentType<PartProps> | "p";
  readonly Text: ComponentType<PartProps> | "p";
}

/** What a screen reader reads out, and what fits into a few lines. */
const EXCERPT = 140;

/** What a toast says of a notification. */
export function ToastText({ notification, link, Title, Text }: ToastTextProps) {
  const { types } = useTexts();
  const label = buttonIn(notification.data, link.href);
  return (
    <>
      <p className="belfry-item__facts">
        <OriginText notification={notification} />
      </p>
      <Title className="belfry-toast__title">
        <a className="belfry-toast__link belfry-focusable" {...link}>
          <span dir="auto">{nameOf(notification, types)}</span>
          {label && (
            <>
              {" "}
              <bdi className="belfry-label">{label}</bdi>
            </>
          )}
        </a>
      </Title>
      <Text className="belfry-toast__text" dir="auto">
        {excerpt(notification.message, EXCERPT)}
      </Text>
    </>
  );
}
