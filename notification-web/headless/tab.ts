import { InboxClient, type InboxApi, type Notification } from "../src/client";
import type { FakePage } from "../src/testing/fakePage";
import type { Browser } from "./browser";
import { Witness } from "./witness";

export interface Account {
  readonly user: number;
  readonly token: string;
  readonly api: InboxApi;
}

/** The name that tabs share; where sockets go is the browser's business. */
const ANY_GATEWAY = "ws://gateway.invalid/ws/notifications/";

/** One page: the client that ships, with somebody who scrolls to the end of its list and sees all that it shows. */
export class Tab {
  private readonly page: FakePage;
  private readonly client: InboxClient;
  private readonly ends: (() => void)[];

  constructor(
    { user, token, api }: Account,
    private readonly browser: Browser,
    readonly witness = new Witness(),
  ) {
    this.page = browser.newPage();
    this.client = new InboxClient({
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
      locks: browser.locks,
      storage: browser.storage,
    });
    const list = this.client.list({});
    const unread = this.client.list({ unreadOnly: true });
    this.ends = [
      this.client.subscribe(() => witness.counts(this.client.snapshot().unreadCount)),
      this.client.on("fresh", (fresh) => witness.hears(fresh)),
      this.client.on("refused", ({ change, reason }) => witness.note(`${change.kind} was refused: ${reason}`)),
      this.client.on("signInRequired", () => witness.note("has to sign in")),
      list.subscribe(() => {
        witness.sees(list.snapshot().notifications);
        list.loadMore();
      }),
      unread.subscribe(() => {
        witness.sees(unread.snapshot().notifications);
        unread.loadMore();
      }),
    ];
    this.client.start();
  }

  get isLive(): boolean {
    return this.client.snapshot().connectionStatus === "live";
  }

  get badge(): number | null {
    return this.client.snapshot().unreadCount;
  }

  /** Own changes that this page knows of and does not see made. */
  get unsent(): number {
    return this.client.condition().unsent;
  }

  /** The list down to its end; null while some of it is on its way. */
  get list(): readonly Notification[] | null {
    return this.whole(false);
  }

  /** The list of unread ones down to its end; null while some of it is on its way. */
  get unread(): readonly Notification[] | null {
    return this.whole(true);
  }

  /** How far the page's copy of the inbox is, for whoever reads why it is wrong. */
  get words(): string {
    const { connectionStatus } = this.client.snapshot();
    const { applied, shown, unsent } = this.client.condition();
    return `${connectionStatus}, applied ${applied}, heard of ${shown}, ${unsent} unsent`;
  }

  does(act: "read" | "unread" | "deleted", id: number): void {
    switch (act) {
      case "read":
        this.client.markAsRead(id);
        break;
      case "unread":
        this.client.markAsUnread(id);
        break;
      case "deleted":
        this.client.remove(id);
    }
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

  private whole(unreadOnly: boolean): readonly Notification[] | null {
    const { state, more, notifications } = this.client.list({ unreadOnly }).snapshot();
    return state === "ready" && more === "none" ? notifications : null;
  }
}
