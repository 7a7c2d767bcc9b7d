import { expect, test, vi } from "vitest";
import { InboxClient } from "../client/inboxClient";
import type { InboxClientSettings } from "../client/inboxSettings";
import type { ConnectionStatus, InboxEvents, InboxList } from "../client/inboxState";
import type { ListAnswer } from "../client/rest/inboxApi";
import { noOtherTabs } from "../client/wire/tabs";
import { FakeBrowser, FakePage, FakeStorage } from "./fakeBrowser";
import { FakeGateway } from "./fakeSocket";
import { SimulatedInbox } from "./simulatedInbox";

export const GATEWAY_URL = "ws://gateway.test/ws/notifications/";
export const SECOND = 1_000;

/** So much time passes. */
export const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A client of user 7, by default in the only tab of a browser that keeps nothing. */
export function clientOf(settings: Pick<InboxClientSettings, "api"> & Partial<InboxClientSettings>): InboxClient {
  return new InboxClient({
    userId: 7,
    websocketUrl: GATEWAY_URL,
    getToken: () => Promise.resolve("token"),
    locks: null,
    tabs: noOtherTabs,
    storage: new FakeStorage(),
    random: () => 0.5,
    ...settings,
  });
}

/** One tab of a browser: a client, its page, and what it told. */
export class Tab {
  readonly page = new FakePage();
  readonly fresh: number[] = [];
  readonly refused: InboxEvents["refused"][] = [];
  signInsRequired = 0;
  readonly client: InboxClient;
  private readonly list: InboxList;

  constructor(
    inbox: SimulatedInbox,
    gateway: FakeGateway,
    browser: FakeBrowser,
    locks: LockManager | null,
    firstList?: Promise<ListAnswer>,
  ) {
    const shared = { locks, firstList, tabs: browser.tabs(), storage: browser.storage };
    this.client = clientOf({ api: inbox, page: this.page, openSocket: gateway.open, ...shared });
    this.client.on("fresh", ({ id }) => this.fresh.push(id));
    this.client.on("refused", (refused) => this.refused.push(refused));
    this.client.on("signInRequired", () => this.signInsRequired++);
    this.list = this.client.list({});
    this.list.subscribe(() => {});
    this.client.start();
  }

  get ids(): number[] {
    return this.list.snapshot().notifications.map(({ id }) => id);
  }

  get status(): ConnectionStatus {
    return this.client.snapshot().connectionStatus;
  }

  get unreadIds(): number[] {
    const unread = this.list.snapshot().notifications.filter((item) => !item.is_read);
    return unread.map(({ id }) => id);
  }

  get badge(): number | null {
    return this.client.snapshot().unreadCount;
  }

  /** The whole list and the badge, each time that one of them changes from now on. */
  watch() {
    const look = () => {
      const { ids, unreadIds, badge } = this;
      seen.push({ state: this.list.snapshot().state, ids, unreadIds, badge });
    };
    const seen: { state: string; ids: number[]; unreadIds: number[]; badge: number | null }[] = [];
    this.list.subscribe(look);
    this.client.subscribe(look);
    return seen;
  }
}

/** A browser, a gateway and an inbox with two notifications, in time that the test moves. */
export class InboxTabs {
  readonly browser = new FakeBrowser();
  readonly gateway = new FakeGateway();
  readonly inbox = new SimulatedInbox(this.gateway.announce);
  readonly first = this.inbox.add();
  readonly second = this.inbox.add();
  readonly tabs: Tab[] = [];
  /** A network that lets no socket pass. */
  isBlocked = false;

  readonly passed = passed;

  /** A new tab; the gateway lets every client in. Null = a browser without locks. */
  readonly open = async (
    locks: LockManager | null = this.browser.locks,
    firstList?: Promise<ListAnswer>,
  ): Promise<Tab> => {
    const tab = new Tab(this.inbox, this.gateway, this.browser, locks, firstList);
    this.tabs.push(tab);
    await this.letIn();
    return tab;
  };

  /** The last socket hears nothing of what happens from now on. */
  readonly deafen = (): void => {
    Object.assign(this.gateway.latest, { receive: () => {} });
  };

  readonly letIn = async (): Promise<void> => {
    await passed(0);
    const knocking = this.gateway.sockets.filter(({ readyState }) => readyState === WebSocket.CONNECTING);
    knocking.forEach((socket) => (this.isBlocked ? socket.end(1006) : socket.welcome()));
    await passed(0);
  };

  stop(): void {
    this.tabs.forEach(({ client }) => client.stop());
  }
}

/** A test with a stage of its own, in time that it moves itself, which may leave nothing running at its end. */
export const testOn = <S extends { stop(): void }>(make: () => S) =>
  test.extend<{ stage: S }>({
    stage: async ({ task: _task }, run) => {
      vi.useFakeTimers();
      const stage = make();
      await passed(0);
      await run(stage);
      stage.stop();
      expect(vi.getTimerCount(), "timers left behind").toBe(0);
      vi.useRealTimers();
    },
  });

export const it = testOn(() => new InboxTabs());
