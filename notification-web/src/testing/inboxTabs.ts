import { afterEach, beforeEach, expect, vi } from "vitest";
import { InboxClient } from "../client/inboxClient";
import type { InboxEvents } from "../client/inboxState";
import { FakeBrowser } from "./fakeBrowser";
import { FakePage } from "./fakePage";
import { FakeGateway } from "./fakeSocket";
import { SimulatedInbox } from "./simulatedInbox";

export const GATEWAY_URL = "ws://gateway.test/ws/notifications/";
export const SECOND = 1_000;

/** One tab of a browser: a client, its page, and what it told. */
export class Tab {
  readonly page = new FakePage();
  readonly fresh: number[] = [];
  readonly refused: InboxEvents["refused"][] = [];
  signInsRequired = 0;
  readonly client: InboxClient;

  constructor(inbox: SimulatedInbox, gateway: FakeGateway, browser: FakeBrowser, locks: LockManager | null) {
    this.client = new InboxClient({
      api: inbox,
      userId: 7,
      websocketUrl: GATEWAY_URL,
      getToken: () => Promise.resolve("token"),
      page: this.page,
      openSocket: gateway.open,
      locks,
      tabs: browser.tabs(),
      storage: browser.storage,
      random: () => 0.5,
    });
    this.client.on("fresh", ({ id }) => this.fresh.push(id));
    this.client.on("refused", (refused) => this.refused.push(refused));
    this.client.on("signInRequired", () => this.signInsRequired++);
    this.client.list({}).subscribe(() => {});
    this.client.start();
  }

  get ids(): number[] {
    return this.client
      .list({})
      .snapshot()
      .notifications.map(({ id }) => id);
  }

  get unreadIds(): number[] {
    return this.client
      .list({})
      .snapshot()
      .notifications.filter((item) => !item.is_read)
      .map(({ id }) => id);
  }

  get badge(): number | null {
    return this.client.snapshot().unreadCount;
  }
}

/** A browser, a gateway and an inbox with two notifications, in time that the test moves. */
export class InboxTabs {
  readonly browser = new FakeBrowser();
  readonly gateway = new FakeGateway();
  readonly inbox = new SimulatedInbox((frame) => this.gateway.alive.forEach((socket) => socket.receive(frame)));
  readonly first = this.inbox.add();
  readonly second = this.inbox.add();
  readonly tabs: Tab[] = [];

  readonly passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  /** A new tab; the gateway lets in whoever comes. Null = a browser without locks. */
  readonly open = async (locks: LockManager | null = this.browser.locks): Promise<Tab> => {
    const tab = new Tab(this.inbox, this.gateway, this.browser, locks);
    this.tabs.push(tab);
    await this.letIn();
    return tab;
  };

  readonly letIn = async (): Promise<void> => {
    await this.passed(0);
    this.gateway.alive
      .filter(({ readyState }) => readyState === WebSocket.CONNECTING)
      .forEach((socket) => socket.welcome());
    await this.passed(0);
  };
}

/** A new stage for each test; nothing may be left running at its end. */
export function withInboxTabs(): () => InboxTabs {
  let stage: InboxTabs;
  beforeEach(() => {
    vi.useFakeTimers();
    stage = new InboxTabs();
  });
  afterEach(() => {
    stage.tabs.forEach(({ client }) => client.stop());
    expect(vi.getTimerCount(), "timers left behind").toBe(0);
    vi.useRealTimers();
  });
  return () => stage;
}
