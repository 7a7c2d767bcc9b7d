import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Toast } from "@base-ui/react/toast";
import { useState } from "react";
import { useTexts } from "../../ui/NotificationContext";
import type { Routing } from "../../ui/useLinks";
import { useToastNews, type ToastNews } from "./useToastNews";
import { FreshToast } from "./FreshToast";
import { ToastCard } from "./ToastCard";

export interface NotificationToastsProps extends Routing {
  /** How long one stays, in ms, while nobody points at it; it stays in the bell anyway. */
  readonly stays?: number;
}

const LIMIT = 3;

/** Shows at the edge of the page what arrives while somebody looks, and own changes that were refused. One per page. */
export function NotificationToasts({ stays = 8_000, ...routing }: NotificationToastsProps) {
  const texts = useTexts().inbox;
  const [manager] = useState(() => Toast.createToastManager<ToastNews>());
  useToastNews(manager);
  return (
    <Toast.Provider toastManager={manager} timeout={stays} limit={LIMIT}>
      <Toast.Portal>
        <Toast.Viewport className="belfry-toasts" aria-label={texts.toasts}>
          <ErrorBoundary>
            <Toasts routing={routing} />
          </ErrorBoundary>
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts({ routing }: { readonly routing: Routing }) {
  const texts = useTexts().inbox;
  const { toasts } = Toast.useToastManager<ToastNews>();
  return toasts.map((toast) => {
    const { id, data: news } = toast;
    switch (news?.kind) {
      case "fresh":
        return <FreshToast key={id} toast={toast} notification={news.notification} routing={routing} />;
      case "refused":
        return (
          <ToastCard
            key={id}
            toast={toast}
            title={texts.refused[news.refusal.change.kind]}
            text={news.refusal.reason}
          />
        );
      case undefined:
        return null;
    }
  });
}
