import { useId } from "react";
import { useTexts } from "../ui/NotificationContext";
import type { Send } from "../client/rest/schemas";

/** How many of a send's students have read it, as a text and as a bar. */
export function ReadMeter({ send }: { readonly send: Pick<Send, "read" | "recipients"> }) {
  const texts = useTexts().sending;
  const id = useId();
  return (
    <div className="belfry-reading">
      <span id={id}>{texts.read(send.read, send.recipients)}</span>
      <progress className="belfry-reading__bar" max={send.recipients} value={send.read} aria-labelledby={id} />
    </div>
  );
}
