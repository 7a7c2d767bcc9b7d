import { useInboxClient, useLocale, useTexts } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import { useNow } from "../ui/useNow";
import type { Texts } from "../lib/texts";
import { clockTime, secondsTime } from "../lib/times";
import type { InboxSnapshot } from "../client/inboxState";
import { connectionText } from "../ui/connectionText";

export interface ConnectionStatusProps {
  /** When nothing is tried any more in this page; by default it is loaded anew. */
  readonly onReload?: () => void;
}

/** Whether what is shown is true now, and since when not, what happens next, in words for all readers. */
export function ConnectionStatus({ onReload = () => window.location.reload() }: ConnectionStatusProps) {
  const texts = useTexts().inbox;
  const { tryNow } = useInboxClient();
  const inbox = useInbox();
  const now = useNow();
  const { connectionStatus: status } = inbox;
  const locale = useLocale();
  const detail = detailOf(inbox, texts, now, locale);
  const isOver = status === "signed_out" || status === "stopped";
  return (
    <div className={`belfry-connection belfry-connection--${status}`}>
      <p className="belfry-connection__text">
        <span>{connectionText(status, texts)}</span>
        {detail && <span>{` · ${detail}`}</span>}
      </p>
      {(isOver || status === "unreachable" || status === "rejected") && (
        <button type="button" className="belfry-button belfry-button--quiet" onClick={isOver ? onReload : tryNow}>
          {isOver ? texts.reload : texts.tryNow}
        </button>
      )}
    </div>
  );
}

function detailOf(inbox: InboxSnapshot, texts: Texts["inbox"], now: number, locale: string): string | null {
  const { connectionStatus: status, caughtUp, upToDateAt, nextTryAt, unsent } = inbox;
  const time = upToDateAt === null ? null : clockTime(upToDateAt, now, locale);
  switch (status) {
    case "live":
      return caughtUp === null ? null : texts.caughtUp({ count: caughtUp });
    case "connecting":
    case "reconnecting":
    case "offline":
      return time && texts.upToDate({ time });
    case "polling":
      return time && texts.lastChecked({ time });
    case "unreachable": {
      const next = nextTryAt === null ? texts.retrying : texts.nextTry({ time: secondsTime(nextTryAt, locale) });
      return time ? `${texts.upToDate({ time })} · ${next}` : next;
    }
    case "signed_out":
      return unsent > 0 ? texts.kept : null;
    case "stopped":
    case "rejected":
      return null;
  }
}
