import { useEffect, useState } from "react";
import { BackOff } from "../client/wire/timers";
import { Refused, SignInRequired } from "../client/rest/inboxApi";
import { InboxClient } from "../client/inboxClient";
import type { Inbox } from "../client/inboxState";
import type { GetToken } from "../client/wire/liveSocket";
import type { NotificationService } from "../client/rest/notificationService";
import type { Me } from "../client/rest/schemas";

interface OwnInbox {
  readonly inbox: Inbox | null;
  readonly me: Me | null;
}

const NOBODY: OwnInbox = { inbox: null, me: null };

/**
 * Finds out who the user is, however long that takes, and keeps their inbox open while the component is there. Another
 * argument opens everything anew.
 */
export function useOwnInbox(service: NotificationService, getToken: GetToken, onSignInRequired: () => void): OwnInbox {
  const [own, setOwn] = useState(NOBODY);
  useEffect(() => {
    const backOff = new BackOff(1_000, 30_000);
    let retry: ReturnType<typeof setTimeout> | undefined;
    let inbox: InboxClient | null = null;
    let isOver = false;
    let isTold = false;
    const tellOnce = () => {
      if (!isTold && !isOver) {
        isTold = true;
        onSignInRequired();
      }
    };
    const open = async () => {
      try {
        const me = await service.me();
        if (isOver) {
          return;
        }
        inbox = new InboxClient({ api: service, userId: me.id, websocketUrl: me.websocket_url, getToken });
        inbox.on("signInRequired", tellOnce);
        inbox.start();
        setOwn({ inbox, me });
      } catch (error) {
        if (error instanceof SignInRequired) {
          tellOnce();
        } else if (!isOver && !(error instanceof Refused)) {
          retry = setTimeout(() => void open(), backOff.nextMs());
        }
      }
    };
    const tryNow = () => {
      if (retry !== undefined) {
        clearTimeout(retry);
        retry = undefined;
        void open();
      }
    };
    window.addEventListener("online", tryNow);
    void open();
    return () => {
      isOver = true;
      clearTimeout(retry);
      window.removeEventListener("online", tryNow);
      inbox?.stop();
      setOwn(NOBODY);
    };
  }, [service, getToken, onSignInRequired]);
  return own;
}
