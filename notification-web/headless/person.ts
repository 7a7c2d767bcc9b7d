import { NotificationService } from "../src/client";
import { Browser } from "./browser";
import { Tab, type Account } from "./tab";
import { Wishes } from "./wishes";
import { Witness } from "./witness";

export interface Opening {
  /** `http://127.0.0.1:8080`. */
  readonly api: string;
  /** `ws://127.0.0.1:8090/ws/notifications/`, dialled in turns. */
  readonly gateways: readonly string[];
  readonly token: string;
  /** How many pages, of which one has the socket. */
  readonly tabs: number;
}

/** What somebody does at a page. */
export type Act = { readonly act: "read" | "unread" | "deleted"; readonly id: number } | { readonly act: "all_read" };

/** Somebody with one browser and some pages in it, who has no other device. */
export class Person {
  private readonly browser: Browser;
  private readonly account: Account;
  private readonly tabs: Tab[];
  /** What has to come true in the end, whatever happens to the pages. */
  private readonly wishes = new Wishes();
  private readonly violations: string[] = [];
  private turn = 0;

  constructor(user: number, { api, gateways, token, tabs }: Opening) {
    this.browser = new Browser(gateways);
    const getToken = () => Promise.resolve(token);
    this.account = { user, token, api: new NotificationService({ baseUrl: api, getToken }) };
    this.tabs = Array.from({ length: tabs }, () => new Tab(this.account, this.browser));
  }

  /** @param complaints of all people in this process: whose they are nobody knows */
  condition(complaints: readonly string[]): object {
    return {
      live: this.tabs.every((tab) => tab.isLive),
      dials: this.browser.dials,
      unsent: Math.max(...this.tabs.map((tab) => tab.unsent)),
      words: this.tabs.map((tab) => tab.words).join("; "),
      violations: [...this.violations, ...this.tabs.flatMap((tab) => tab.witness.violations), ...complaints],
    };
  }

  looks(): object {
    return {
      pages: this.tabs.map(({ list, unread, badge }) => ({
        list: list?.map(({ id, added_seq, is_read, title }) => ({ id, added_seq, is_read, title })) ?? null,
        unread: unread?.map(({ id }) => id) ?? null,
        badge,
        broken: this.wishes.broken(list ?? []),
      })),
    };
  }

  /**
   * Each page does what is done to its own share of the notifications: which of two pages was the first with one is not
   * known to them at once, and so no wish of either.
   */
  does(what: Act): void {
    const owner = (id: number) => this.tabs[id % this.tabs.length];
    if (what.act === "all_read") {
      [this.wishes, ...this.tabs.map(({ witness }) => witness.wishes)].forEach((wishes) => {
        wishes.yieldUnread();
      });
      const tab = this.tabs[this.turn++ % this.tabs.length];
      const own = tab?.readsAll().filter((id) => owner(id) === tab) ?? [];
      this.wishes.want("read", own);
      tab?.witness.wishes.want("read", own);
    } else {
      const tab = owner(what.id);
      this.wishes.want(what.act, [what.id]);
      tab?.witness.wishes.want(what.act, [what.id]);
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
      const wishes = this.tabs.length === 1 ? first.witness.wishes : new Wishes();
      this.tabs[0] = new Tab(this.account, this.browser, new Witness(wishes));
    }
  }

  close(): void {
    this.tabs.forEach((tab) => {
      tab.close();
    });
  }
}
