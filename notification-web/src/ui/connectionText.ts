import type { ConnectionStatus } from "../client/inboxState";
import type { Texts } from "../lib/texts";

export function connectionText(status: ConnectionStatus, texts: Texts["inbox"]): string {
  return status === "signed_out" ? texts.signedOut : texts[status];
}
