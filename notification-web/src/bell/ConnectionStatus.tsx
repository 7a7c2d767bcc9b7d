import { useLocale, useTexts } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import { useNow } from "../ui/useNow";
import type { Texts } from "../lib/texts";
import { clockTime } from "../lib/times";
import type { InboxSnapshot } from "../client/inboxState";

export interface ConnectionStatusProps {
  /** When nothing is tried any more in this page; by default it is loaded anew. */
  readonly onReload?: () => void;
}

/** Whether what is shown is true now, and since when not, in words for all readers. */
export function ConnectionStatus({ onReload = () => window.location.reload() }: ConnectionStatusProps) {
  const texts = useTexts().inbox;
  const inbox = useInbox();
  const now = useNow();
  const { connectionStatus: status } = inbox;
  const locale = useLocale();
  const detail = detailOf(inbox, texts, (at) => clockTime(at, now, locale));
  return (
    <div className={`belfry-connection belfry-connection--${status}`}>
      <p className="belfry-connection__text">
        <span>{status === "signed_out" ? texts.signedOut : texts[status]}</span>
        {detail && <span>{` · ${detail}`}</span>}
      </p>
      {(status === "signed_out" || status === "stopped") && (
        <button type="button" className="belfry-button belfry-button--quiet" onClick={onReload}>
          {texts.reload}
        </button>
      )}
    </div>
  );
}

function detailOf(inbox: InboxSnapshot, texts: Texts["inbox"], clock: (at: number) => string): string | null {
  const { connectionStatus: status, caughtUp, upToDateAt } = inbox;
  if (caughtUp !== null) {
    return texts.caughtUp({ count: caughtUp });
  }
  const isTold = status === "connecting" || status === "reconnecting" || status === "offline";
  return isTold && upToDateAt !== null ? texts.upToDate({ time: clock(upToDateAt) }) : null;
}
