import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { useTexts } from "../../ui/NotificationContext";
import { IconButton } from "../../ui/Icon";

interface ToastCardProps {
  readonly toast: Toast.Root.ToastObject;
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly text: string;
}

/** What a toast looks like, whatever it tells. */
export function ToastCard({ toast, icon, title, text }: ToastCardProps) {
  const texts = useTexts().inbox;
  return (
    <Toast.Root className="belfry-toast belfry-focusable" toast={toast} swipeDirection="right">
      {icon}
      <Toast.Content className="belfry-toast__content">
        <Toast.Title className="belfry-toast__title" render={<p />}>
          {title}
        </Toast.Title>
        <Toast.Description className="belfry-toast__text" dir="auto">
          {text}
        </Toast.Description>
      </Toast.Content>
      {/* The library hides it from screen readers, but not from their users' tab key. */}
      <Toast.Close aria-hidden={false} render={<IconButton icon="close" label={texts.close} />} />
    </Toast.Root>
  );
}
