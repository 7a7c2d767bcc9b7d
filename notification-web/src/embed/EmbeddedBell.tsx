import { useEffect, useState } from "react";
import { NotificationBell } from "../bell/NotificationBell";
import { NotificationToasts } from "../bell/toasts/NotificationToasts";
import type { GetToken, Notification } from "../client/index";
import { loadTexts, type Language } from "../lib/languages";
import type { Texts } from "../lib/texts";
import { NotificationProvider, useInboxClient } from "../ui/NotificationContext";
import type { Routing } from "../ui/useLinks";
import { useInbox } from "../ui/useNotifications";
import { useStableCallback } from "../ui/useStableCallback";

interface EmbeddedBellProps {
  readonly baseUrl: string;
  readonly getToken: GetToken;
  readonly language: Language;
  readonly historyHref: string;
  readonly hasToasts: boolean;
  /** Tells the page. @returns whether it leaves what follows to us */
  readonly tell: (name: "error" | "open" | "sign-in-required" | "unread", detail?: unknown) => boolean;
  /** What ends this inbox when its user signs out. */
  readonly onInbox: (forget: () => void) => void;
}

/** What stands in the shadow root. */
export function EmbeddedBell(props: EmbeddedBellProps) {
  const { baseUrl, getToken, language, historyHref, hasToasts, tell, onInbox } = props;
  const [texts, setTexts] = useState<Texts>();
  useEffect(() => void loadTexts(language).then(setTexts), [language]);
  const open = useStableCallback((notification: Notification | null, href: string) => {
    if (tell("open", { notification, href })) {
      window.location.assign(href);
    }
  });
  const onOpen = useStableCallback((notification: Notification, href: string) => open(notification, href));
  const navigate = useStableCallback((href: string) => open(null, href));
  const routing: Routing = { historyHref, onOpen, navigate };
  return (
    <NotificationProvider
      baseUrl={baseUrl}
      getToken={getToken}
      onSignInRequired={() => void tell("sign-in-required")}
      onError={(error) => void tell("error", { error })}
      texts={texts}
    >
      <NotificationBell {...routing} />
      {hasToasts && <NotificationToasts {...routing} />}
      <Teller tell={tell} onInbox={onInbox} />
    </NotificationProvider>
  );
}

function Teller({ tell, onInbox }: Pick<EmbeddedBellProps, "tell" | "onInbox">) {
  const inbox = useInboxClient();
  const { unreadCount } = useInbox();
  const tellPage = useStableCallback(tell);
  const giveInbox = useStableCallback(onInbox);
  useEffect(() => giveInbox(inbox.forget), [inbox, giveInbox]);
  useEffect(() => {
    if (unreadCount !== null) {
      tellPage("unread", { unread: unreadCount });
    }
  }, [unreadCount, tellPage]);
  return null;
}
