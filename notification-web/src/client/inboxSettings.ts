import type { LastList } from "./lastInbox";
import type { InboxApi, ListAnswer } from "./rest/inboxApi";
import type { GetToken } from "./wire/liveSocket";
import type { Page } from "./wire/page";
import type { SocketFactory } from "./wire/socket";
import type { Tabs } from "./wire/tabs";

export interface InboxClientSettings {
  readonly api: InboxApi;
  /** Whose inbox it is. */
  readonly userId: number;
  /** The gateway's address, as `GET /api/me/` tells it. */
  readonly websocketUrl: string;
  /** Asks for that address anew, when the gateways there have come to serve other users. Absent = it does not change. */
  readonly findWebsocketUrl?: (() => Promise<string>) | undefined;
  readonly getToken: GetToken;
  /** An answer to `list({})` that was asked for before, so as to wait for nothing. It is taken once. */
  readonly firstList?: Promise<ListAnswer> | undefined;
  /** What was kept when a page was here before: shown until the api answers, in place of `firstList`. */
  readonly last?: LastList | undefined;
  /** Hears what to keep for a start without a network, now and then; null = nothing of the user may stay. */
  readonly keepLast?: ((last: LastList | null) => void) | undefined;
  /** The rest is for tests, and for places that are no browser page. */
  readonly page?: Page;
  readonly openSocket?: SocketFactory;
  /** Null = every tab for itself. */
  readonly locks?: LockManager | null;
  readonly tabs?: Tabs;
  readonly storage?: Storage;
  readonly random?: () => number;
}
