import type { KeyboardEvent } from "react";

/** Leads the focus along the buttons of a group, of which the Tab key reaches one. */
export function roveOnKey(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
  const next = {
    ArrowRight: at + (isRtl ? -1 : 1),
    ArrowLeft: at + (isRtl ? 1 : -1),
    Home: 0,
    End: -1,
  }[event.key];
  if (next !== undefined && at >= 0) {
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  }
}
