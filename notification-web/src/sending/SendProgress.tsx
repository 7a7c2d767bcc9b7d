import { useId, useEffect, useRef } from "react";
import { useTexts } from "../ui/NotificationContext";
import type { Send, Receipt } from "../client/rest/schemas";
import { useSend } from "./queries";
import type { Texts } from "../lib/texts";

/** How many of a send's students have read it, as a text and as a bar. */
export function ReadMeter({ send }: { readonly send: Pick<Send, "read" | "recipients"> }) {
  const texts = useTexts().sending;
  const id = useId();
  return (
    <div className="belfry-reading">
      <span id={id}>{texts.read(send)}</span>
      <progress className="belfry-reading__bar" max={send.recipients} value={send.read} aria-labelledby={id} />
    </div>
  );
}

interface SendProgressProps {
  readonly receipt: Receipt;
  /** What was sent. */
  readonly title: string;
}

/** How far a send has come, from the moment of its acceptance on. */
export function SendProgress({ receipt, title }: SendProgressProps) {
  const texts = useTexts().sending;
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: send, isError } = useSend(receipt.request_id);
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  const isWaiting = !send || send.status === "accepted";
  const style = isWaiting ? "waiting" : send.status === "stored" ? "done" : "failed";
  return (
    <section className="belfry-progress" aria-label={title || texts.untitled}>
      <h3 className="belfry-progress__title belfry-focusable" tabIndex={-1} ref={heading} dir="auto">
        {title || texts.untitled}
      </h3>
      <div role="status">
        <ol className="belfry-progress__steps">
          <li className="belfry-progress__step belfry-progress__step--done">
            {texts.accepted({ students: receipt.recipients })}
          </li>
          <li className={`belfry-progress__step belfry-progress__step--${style}`}>
            {isWaiting ? texts.storing : outcomeOf(send, texts)}
          </li>
        </ol>
      </div>
      {send?.status === "stored" && send.recipients > 0 && <ReadMeter send={send} />}
      {isError && <p className="belfry-alert belfry-alert--warning">{texts.stale}</p>}
    </section>
  );
}

/** How far a send has come, in words. */
export function outcomeOf(send: Pick<Send, "status" | "recipients" | "error">, texts: Texts["sending"]): string {
  switch (send.status) {
    case "accepted":
      return texts.accepted({ students: send.recipients });
    case "stored":
      return send.recipients === 0 ? texts.storedNobody : texts.stored({ students: send.recipients });
    case "rejected":
      return texts.rejected({ reason: send.error?.detail ?? "" });
  }
}
