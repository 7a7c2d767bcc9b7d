import { useEffect, useRef, useState } from "react";
import { useInboxClient, useTexts } from "../ui/NotificationContext";
import type { Texts } from "../lib/texts";
import type { ConnectionStatus } from "../client/inboxState";
import { connectionText } from "../ui/connectionText";
import type { Notification } from "../client/wire/notification";
import { toasted } from "../ui/attention";
import { useInbox } from "../ui/useNotifications";

/** The bell's one live region. It lies outside of the list, which comes and goes. */
export function StatusLine() {
  return (
    <div className="belfry-visually-hidden" role="status">
      {useAnnouncement()}
    </div>
  );
}

/** Shorter losses of the connection are not told. */
const SETTLE_MS = 2_000;
/** Those that come together are told together. */
const GATHER_MS = 1_000;
/** No more often than this. */
const PAUSE_MS = 5_000;
/** Then it is taken away, so that the same can be said again. */
const STANDS_MS = 4_000;

/** What a screen reader should say of the inbox: short, and rarely. */
export function useAnnouncement(): string {
  const client = useInboxClient();
  const texts = useTexts().inbox;
  const { connectionStatus, caughtUp } = useInbox();
  const [text, say] = useState("");
  const isLossTold = useRef(false);

  useEffect(() => {
    let arrived: Notification[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let toldAt = -Infinity;
    const tell = () => {
      timer = undefined;
      const untold = arrived.filter((notification) => !toasted.has(notification)).length;
      arrived = [];
      if (untold > 0) {
        toldAt = Date.now();
        say(texts.arrived({ count: untold }));
      }
    };
    const end = client.on("fresh", (notification) => {
      arrived.push(notification);
      timer ??= setTimeout(tell, Math.max(GATHER_MS, toldAt + PAUSE_MS - Date.now()));
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [client, texts]);

  useEffect(() => {
    const loss = lossText(connectionStatus, texts);
    if (loss === null) {
      return;
    }
    const timer = setTimeout(() => {
      isLossTold.current = true;
      say(loss);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [connectionStatus, texts]);

  useEffect(() => {
    if (caughtUp === null || (caughtUp === 0 && !isLossTold.current)) {
      return;
    }
    isLossTold.current = false;
    const timer = setTimeout(() => say(texts.caughtUp({ count: caughtUp })));
    return () => clearTimeout(timer);
  }, [caughtUp, texts]);

  useEffect(() => {
    const timer = setTimeout(() => say(""), STANDS_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return text;
}

function lossText(status: ConnectionStatus, texts: Texts["inbox"]): string | null {
  return status === "connecting" || status === "live" ? null : connectionText(status, texts);
}
