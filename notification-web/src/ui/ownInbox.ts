import { useEffect, useMemo, useState } from "react";
import type { KeptInbox, LastList } from "../client/lastInbox";
import { InboxClient } from "../client/inboxClient";
import type { ConnectionStatus, Inbox } from "../client/inboxState";
import type { NotificationService } from "../client/rest/notificationService";
import { Refused, SignInRequired, Unreachable, type ListAnswer } from "../client/rest/inboxApi";
import type { Me } from "../client/rest/schemas";
import { AbsentInbox } from "../client/view/absentInbox";
import type { GetToken } from "../client/wire/liveSocket";
import { serverClock } from "../client/wire/serverClock";
import { BackOff } from "../client/wire/timers";

export interface OwnInbox {
  readonly inbox: Inbox;
  /** Null until it is known. */
  readonly me: Me | null;
}

/** Then it is said that there is no answer, though one may still come. */
const LATE_MS = 4_000;

/**
 * Finds out who the user is, however long that takes, and keeps their inbox open while the component is there. Another
 * argument opens everything anew.
 */
export function useOwnInbox(
  service: NotificationService,
  getToken: GetToken,
  onSignInRequired: () => void,
  keeper: KeptInbox | null,
): OwnInbox {
  const absent = useMemo(() => new AbsentInbox(() => keeper?.clear()), [keeper]);
  const [own, setOwn] = useState<OwnInbox | null>(null);
  useEffect(() => {
    const backOff = new BackOff();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let inbox: InboxClient | null = null;
    let opened: Me | null = null;
    let isKnown = false;
    let isOver = false;
    let isAsking = false;
    let isTold = false;
    const tellOnce = () => {
      if (!isTold && !isOver) {
        isTold = true;
        onSignInRequired();
      }
    };
    const say = (connectionStatus: ConnectionStatus, nextTryAt: number | null = null) =>
      absent.become({ connectionStatus, nextTryAt }, tryNow);
    const open = async (firstList?: Promise<ListAnswer>) => {
      isAsking = true;
      clearTimeout(timer);
      timer = setTimeout(() => beginWithLast() || say("unreachable"), LATE_MS);
      try {
        const me = await service.me();
        if (!isOver) {
          isKnown = true;
          begin(me, { firstList });
        }
      } catch (error) {
        if (!isOver) {
          failed(error);
        }
      } finally {
        isAsking = false;
        if (isKnown) {
          clearTimeout(timer);
        }
      }
    };
    const begin = (me: Me, first: { firstList?: Promise<ListAnswer> | undefined; last?: LastList }) => {
      if (inbox && opened?.id === me.id && opened.websocket_url === me.websocket_url) {
        inbox.tryNow();
      } else {
        inbox?.stop();
        const keepLast = keeper?.keepsFor(me);
        const { id: userId, websocket_url: websocketUrl } = me;
        inbox = new InboxClient({ api: service, userId, websocketUrl, getToken, keepLast, ...first });
        inbox.on("signInRequired", tellOnce);
        inbox.start();
      }
      opened = me;
      setOwn({ inbox, me });
    };
    /** @returns false if nothing is kept of this user */
    const beginWithLast = (): boolean => {
      const last = inbox ? null : keeper?.load();
      if (last) {
        begin(last.me, { last });
      }
      return inbox !== null;
    };
    const failed = (error: unknown) => {
      clearTimeout(timer);
      if (error instanceof SignInRequired) {
        say("signed_out");
        tellOnce();
      } else if (error instanceof Refused) {
        say("rejected");
      } else {
        const askedMs = error instanceof Unreachable ? (error.retryAfterMs ?? 0) : 0;
        const ms = Math.max(askedMs, backOff.nextMs());
        timer = setTimeout(tryNow, ms);
        beginWithLast();
        say(navigator.onLine ? "unreachable" : "offline", serverClock.now() + ms);
      }
    };
    const tryNow = () => {
      if (!isAsking && !isKnown && !isOver) {
        say(absent.snapshot().connectionStatus);
        void open();
      }
    };
    window.addEventListener("online", tryNow);
    // The list does not wait for whose it is.
    const firstList = service.list({});
    firstList.catch(() => {});
    void open(firstList);
    return () => {
      isOver = true;
      clearTimeout(timer);
      window.removeEventListener("online", tryNow);
      inbox?.stop();
      absent.become({ connectionStatus: "connecting", nextTryAt: null });
      setOwn(null);
    };
  }, [absent, service, getToken, onSignInRequired, keeper]);
  return own ?? { inbox: absent, me: null };
}
