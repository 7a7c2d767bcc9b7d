import { NotificationService } from "../src/client";
import { Browser } from "./browser";
import { Tab, type Account } from "./tab";
import { LastActs, Witness } from "./witness";

export interface Opening {
  /** `http://127.0.0.1:8080`. */
  readonly api: string;
  /** `ws://127.0.0.1:8090/ws/notifications/`, dialled in turns. */
  readonly gateways: readonly string[];
  readonly token: string;
  /** How many pages, of which one has the socket. */
  readonly tabs: number;
}

/** What the load profile does at a page. */
export type Act = { readonly act: "read" | "unread" | "deleted"; readonly id: number } | { readonly act: "all_read" };

/** A user with one browser and some pages in it, who has no other device. */
export class User {
  private readonly browser: Browser;
  private readonly account: Account;
  private readonly tabs: Tab[];
  /** What has to come true in the end, whatever happens to the pages. */
  private readonly acts = new LastActs();
  private readonly violations: string[] = [];
  private turn = 0;

  constructor(user: number, { api, gateways, token, tabs }: Opening) {
    this.browser = new Browser(gateways);
    const getToken = () => Promise.resolve(token);
    this.account = { user, token, api: new NotificationService({ baseUrl: api, getToken }) };
    this.tabs = Array.from({ length: tabs }, () => new Tab(this.account, this.browser));
  }

  /** @param complaints of all users in this process: which of them they are about is not known */
  condition(complaints: readonly string[]): object {
    return {
      live: this.tabs.every(({ client }) => client.snapshot().connectionStatus === "live"),
      dials: this.browser.dials,
      unsent: Math.max(...this.tabs.map(({ client }) => client.condition().unsent)),
      words: this.tabs.map((tab) => tab.words).join("; "),
      violations: [...this.violations, ...this.tabs.flatMap((tab) => tab.witness.violations), ...complaints],
    };
  }

  looks(): object {
    const pages = this.tabs.map((tab) => {
      const list = tab.list(false);
      return {
        list: list?.map(({ id, added_seq, is_read, title }) => ({ id, added_seq, is_read, title })) ?? null,
        unread: tab.list(true)?.map(({ id }) => id) ?? null,
        badge: tab.client.snapshot().unreadCount,
        broken: this.acts.broken(list ?? []),
      };
    });
    return { pages };
  }

  /**
   * Each page does what is done to its own share of the notifications: which of two pages was the first with one is not
   * known to them at once, and so is expected of neither.
   */
  does(what: Act): void {
    const owner = (id: number) => this.tabs[id % this.tabs.length];
    if (what.act === "all_read") {
      [this.acts, ...this.tabs.map(({ witness }) => witness.acts)].forEach((acts) => acts.forgetUnread());
      const tab = this.tabs[this.turn++ % this.tabs.length];
      const own = tab?.readsAll().filter((id) => owner(id) === tab) ?? [];
      this.acts.record("read", own);
      tab?.witness.acts.record("read", own);
    } else {
      const tab = owner(what.id);
      this.acts.record(what.act, [what.id]);
      tab?.witness.acts.record(what.act, [what.id]);
      tab?.does(what.act, what.id);
    }
  }

  setOnline(online: boolean): void {
    this.browser.setOnline(online);
  }

  /** The first page is closed, perhaps with something unsent, and opened again. */
  reload(): void {
    const [first] = this.tabs;
    if (first) {
      first.close();
      this.violations.push(...first.witness.violations);
      // The only page there is knows from its storage what is unsent; one of several has to be told by those.
      const acts = this.tabs.length === 1 ? first.witness.acts : new LastActs();
      this.tabs[0] = new Tab(this.account, this.browser, new Witness(acts));
    }
  }

  close(): void {
    this.tabs.forEach((tab) => tab.close());
  }
}
