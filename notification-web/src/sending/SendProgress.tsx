import { useId, useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "../ui/NotificationContext";
import type { Send } from "../client/rest/schemas";
import { CourseName } from "./CourseName";
import { useSendsOf } from "./queries";
import type { Sent } from "./form/useUpdateForm";
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

/** How far what was sent has come, from the moment of its acceptance on. */
export function SendProgress({ sent: { title, receipts } }: { readonly sent: Sent }) {
  const texts = useTexts().sending;
  const heading = useRef<HTMLHeadingElement>(null);
  const sends = useSendsOf(receipts.map(({ request_id }) => request_id));
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  const stored = sends.flatMap(({ data }) => (data?.status === "stored" ? [data] : []));
  const read = { read: sum(stored, "read"), recipients: sum(stored, "recipients") };
  const isOne = receipts.length === 1;
  return (
    <section className="belfry-progress" aria-label={title || texts.untitled}>
      <h3 className="belfry-progress__title belfry-focusable" tabIndex={-1} ref={heading} dir="auto">
        {title || texts.untitled}
      </h3>
      <div role="status">
        {!isOne && (
          <p className="belfry-progress__count">
            {texts.storedCourses({ stored: stored.length, courses: receipts.length })}
          </p>
        )}
        <ol className="belfry-progress__steps">
          {isOne && <Step style="done">{texts.accepted({ students: sum(receipts, "recipients") })}</Step>}
          {sends.map(({ data: send }, index) => (
            <Step key={receipts[index]?.request_id} style={styleOf(send)}>
              {!isOne && receipts[index] && <CourseName id={receipts[index].course} />}
              <span>{isWaiting(send) ? texts.storing : outcomeOf(send, texts)}</span>
            </Step>
          ))}
        </ol>
      </div>
      {read.recipients > 0 && <ReadMeter send={read} />}
      {sends.some(({ isError }) => isError) && <p className="belfry-alert belfry-alert--warning">{texts.stale}</p>}
    </section>
  );
}

type StepStyle = "waiting" | "done" | "failed";

function Step({ style, children }: { readonly style: StepStyle; readonly children: ReactNode }) {
  return <li className={`belfry-progress__step belfry-progress__step--${style}`}>{children}</li>;
}

/** Not known yet is on its way as well. */
function isWaiting(send: Send | undefined): send is undefined {
  return !send || send.status === "accepted";
}

function styleOf(send: Send | undefined): StepStyle {
  return isWaiting(send) ? "waiting" : send.status === "stored" ? "done" : "failed";
}

function sum<K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number {
  return all.reduce((total, one) => total + one[key], 0);
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
