import { useTexts } from "../ui/NotificationContext";
import type { Texts } from "../lib/texts";
import { exactTime, localeFor } from "../lib/times";
import { typeName } from "../lib/typeName";
import type { Send } from "../client/rest/schemas";
import { ReadMeter } from "./ReadMeter";

/** One earlier send and what became of it. */
export function SentUpdate({ send }: { readonly send: Send }) {
  const texts = useTexts();
  const type = send.notification_type ?? "";
  return (
    <li className="belfry-sent__item">
      <p className="belfry-sent__title belfry-focusable" tabIndex={-1}>
        {titleOf(send, texts.sending)}
      </p>
      <p className="belfry-sent__facts">
        {type && <span className="belfry-sent__type">{typeName(texts.types, type)}</span>}
        <time dateTime={send.created_at}>
          {exactTime(Date.parse(send.created_at), localeFor(texts.inbox.language))}
        </time>
        <span className={`belfry-sent__state belfry-sent__state--${send.status}`}>{stateOf(send, texts.sending)}</span>
      </p>
      {send.status === "stored" && send.recipients > 0 && <ReadMeter send={send} />}
    </li>
  );
}

function titleOf({ title }: Send, texts: Texts["sending"]): string {
  return title == null ? texts.titleUnknown : title || texts.untitled;
}

function stateOf(send: Send, texts: Texts["sending"]): string {
  switch (send.status) {
    case "accepted":
      return texts.accepted(send.recipients);
    case "stored":
      return send.recipients === 0 ? texts.storedNobody : texts.stored(send.recipients);
    case "rejected":
      return texts.rejected(send.error?.detail ?? "");
  }
}
