import { InboxClient, type InboxApi, type Notification } from "../src/client";
import type { FakePage } from "../src/testing/fakeBrowser";
import type { Browser } from "./browser";
import { Witness } from "./witness";

export interface Account {
  readonly user: number;
  readonly token: string;
  readonly api: InboxApi;
}

/** The name that tabs share; where sockets go is the browser's business. */
const ANY_GATEWAY = "ws://gateway.invalid/ws/notifications/";

/** One page: the client that ships, scrolled to the end of its list, and a witness of all that it shows. */
export class Tab {
  readonly client: InboxClient;
  private readonly page: FakePage;
  private readonly ends: (() => void)[];

  constructor(
    { user, token, api }: Account,
    private readonly browser: Browser,
    readonly witness = new Witness(),
  ) {
    this.page = browser.newPage();
    const client = new InboxClient({
      api,
      userId: user,
      websocketUrl: ANY_GATEWAY,
      // Tokens outlive every trial: to be asked for another one means that this one was refused.
      getToken: (refused) => {
        if (refused !== undefined) {
          witness.note("a token was refused");
        }
        return Promise.resolve(token);
      },
      page: this.page,
      openSocket: browser.openSocket,
      locks: browser.shared.locks,
      storage: browser.shared.storage,
    });
    const readToTheEnd = (unreadOnly: boolean) => {
      const list = client.list({ unreadOnly });
      return list.subscribe(() => {
        witness.sees(list.snapshot().notifications);
        list.loadMore();
      });
    };
    this.client = client;
    this.ends = [
      client.subscribe(() => witness.counts(client.snapshot().unreadCount)),
      client.on("fresh", (fresh) => witness.hears(fresh)),
      client.on("refused", ({ change, reason }) => witness.note(`${change.kind} was refused: ${reason}`)),
      client.on("signInRequired", () => witness.note("has to sign in")),
      readToTheEnd(false),
      readToTheEnd(true),
    ];
    client.start();
  }

  /** A list down to its end; null while some of it is on its way. */
  list(unreadOnly: boolean): readonly Notification[] | null {
    const { state, more, notifications } = this.client.list({ unreadOnly }).snapshot();
    return state === "ready" && more === "none" ? notifications : null;
  }

  /** How far the page's copy of the inbox is, for the person who reads why it is wrong. */
  get words(): string {
    const { connectionStatus } = this.client.snapshot();
    const { applied, shown, unsent } = this.client.condition();
    return `${connectionStatus}, applied ${applied}, heard of ${shown}, ${unsent} unsent`;
  }

  does(act: "read" | "unread" | "deleted", id: number): void {
    const acts = { read: "markAsRead", unread: "markAsUnread", deleted: "remove" } as const;
    this.client[acts[act]](id);
  }

  /** @returns what is read by it */
  readsAll(): number[] {
    const shown = this.client.list({}).snapshot().notifications;
    if (shown[0]) {
      this.client.markAllAsRead(shown[0].id);
    }
    return shown.map(({ id }) => id);
  }

  close(): void {
    this.browser.closePage(this.page);
    this.client.stop();
    this.ends.forEach((end) => end());
  }
}
