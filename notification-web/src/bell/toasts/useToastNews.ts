import type { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { useInboxClient } from "../../ui/NotificationContext";
import { StormGuard } from "./stormGuard";
import type { InboxEvents } from "../../client/inboxState";
import { isBellOpen, toasted } from "../../ui/attention";

/** What a toast tells. */
export type ToastNews =
  | { readonly kind: "fresh"; readonly notification: InboxEvents["fresh"] }
  | { readonly kind: "refused"; readonly refusal: InboxEvents["refused"] };

type ToastManager = ReturnType<typeof Toast.createToastManager<ToastNews>>;

/** Long enough for a second look. */
const REFUSED_MS = 12_000;

/**
 * Makes toasts of what is new this moment, while the reader looks and sees it nowhere else, and as long as it is not too
 * much; and of own changes that were refused.
 */
export function useToastNews(manager: ToastManager): void {
  const client = useInboxClient();
  useEffect(() => {
    const storm = new StormGuard();
    const ends = [
      client.on("fresh", (notification) => {
        // Those that get no toast are part of a storm too.
        const isCalm = storm.admits(Date.now());
        if (isCalm && !isBellOpen() && document.visibilityState === "visible") {
          toasted.add(notification);
          manager.add({ id: `fresh-${notification.id}`, data: { kind: "fresh", notification } });
        }
      }),
      client.on("refused", (refusal) => {
        // Many of a kind, refused together, are one piece of news.
        manager.add({ id: `refused-${refusal.change.kind}`, timeout: REFUSED_MS, data: { kind: "refused", refusal } });
      }),
    ];
    return () => ends.forEach((end) => end());
  }, [manager, client]);
}
