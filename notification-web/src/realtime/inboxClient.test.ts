import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "../testing/fakeBrowser";
import { FakePage } from "../testing/fakePage";
import { FakeGateway } from "../testing/fakeSocket";
import { SimulatedInbox } from "../testing/simulatedInbox";
import { Refused, SignInRequired, Unreachable } from "./inboxApi";
import { InboxClient } from "./inboxClient";
import type { InboxEvents } from "./inboxState";

const URL = "ws://gateway.test/ws/notifications/";
const SECOND = 1_000;

/** One tab of a browser: a client, its page, and what it told. */
class Tab {
  readonly page = new FakePage();
  readonly fresh: number[] = [];
  readonly refused: InboxEvents["refused"][] = [];
  signInsRequired = 0;
  readonly client: InboxClient;

  constructor(inbox: SimulatedInbox, gateway: FakeGateway, browser: FakeBrowser, locks: LockManager | null) {
    this.client = new InboxClient({
      api: inbox,
      userId: 7,
      websocketUrl: URL,
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

describe("InboxClient", () => {
  let browser: FakeBrowser;
  let gateway: FakeGateway;
  let inbox: SimulatedInbox;
  let tabs: Tab[];
  let first: number;
  let second: number;

  beforeEach(() => {
    vi.useFakeTimers();
    browser = new FakeBrowser();
    gateway = new FakeGateway();
    inbox = new SimulatedInbox((frame) => gateway.alive.forEach((socket) => socket.receive(frame)));
    first = inbox.add();
    second = inbox.add();
    tabs = [];
  });

  afterEach(() => {
    tabs.forEach(({ client }) => client.stop());
    expect(vi.getTimerCount(), "timers left behind").toBe(0);
    vi.useRealTimers();
  });

  const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  /** A new tab; the gateway lets in whoever comes. */
  async function open(locks: LockManager | null = browser.locks): Promise<Tab> {
    const tab = new Tab(inbox, gateway, browser, locks);
    tabs.push(tab);
    await letIn();
    return tab;
  }

  async function letIn(): Promise<void> {
    await passed(0);
    gateway.alive.filter(({ readyState }) => readyState === WebSocket.CONNECTING).forEach((socket) => socket.welcome());
    await passed(0);
  }

  describe("shows", () => {
    it("the list and the badge, and what comes later at once", async () => {
      const tab = await open();
      expect([tab.ids, tab.badge]).toEqual([[second, first], 2]);
      expect(tab.client.snapshot().connectionStatus).toBe("live");
      const third = inbox.add();
      expect([tab.ids, tab.badge, tab.fresh]).toEqual([[third, second, first], 3, [third]]);
    });

    it("an error while the list cannot be had, and the list when it can", async () => {
      inbox.failure = new Unreachable("down");
      const tab = await open();
      expect(tab.client.list({}).snapshot().state).toBe("error");
      inbox.failure = null;
      await passed(31 * SECOND);
      expect(tab.client.list({}).snapshot().state).toBe("ready");
    });

    it("the error in every list, and tries at once when somebody asks for it in any", async () => {
      inbox.failure = new Unreachable("down");
      const tab = await open();
      const unread = tab.client.list({ unreadOnly: true });
      unread.subscribe(() => {});
      await passed(31 * SECOND);
      const states = () => [tab.client.list({}).snapshot().state, unread.snapshot().state];
      expect(states()).toEqual(["error", "error"]);
      inbox.failure = null;
      tab.client.list({}).retry();
      expect(states()).toEqual(["loading", "error"]);
      await passed(0);
      expect(states()).toEqual(["ready", "ready"]);
    });

    it("further pages, whatever comes and goes meanwhile", async () => {
      for (let i = 0; i < 50; i++) {
        inbox.add();
      }
      const tab = await open();
      const whole = tab.client.list({});
      expect([tab.ids.length, whole.snapshot().more]).toEqual([20, "available"]);
      whole.loadMore();
      expect(whole.snapshot().more).toBe("loading");
      inbox.add();
      inbox.change("deleted", second + 20);
      await passed(0);
      whole.loadMore();
      await passed(0);
      expect(whole.snapshot()).toEqual({ state: "ready", notifications: inbox.rows(), more: "none" });
    });

    it("a failure to load further pages, and tries again", async () => {
      for (let i = 0; i < 30; i++) {
        inbox.add();
      }
      const tab = await open();
      inbox.failure = new Unreachable("down");
      tab.client.list({}).loadMore();
      await passed(0);
      expect(tab.client.list({}).snapshot()).toMatchObject({ state: "ready", more: "error" });
      inbox.failure = null;
      tab.client.list({}).retry();
      await passed(0);
      expect(tab.ids).toHaveLength(32);
    });

    it("only unread ones where that is asked for, those too that are unread again", async () => {
      inbox.pageSize = 3;
      for (let i = 0; i < 10; i++) {
        inbox.change("read", inbox.add());
      }
      const tab = await open();
      const unread = tab.client.list({ unreadOnly: true });
      unread.subscribe(() => {});
      await passed(0);
      expect(unread.snapshot().notifications.map(({ id }) => id)).toEqual([second, first]);
      const old = second + 3;
      inbox.change("unread", old);
      await passed(0);
      expect(unread.snapshot().notifications.map(({ id }) => id)).toEqual([old, second, first]);
      inbox.change("read", second);
      expect(unread.snapshot().notifications.map(({ id }) => id)).toEqual([old, first]);
    });

    it("one of them, alive", async () => {
      inbox.pageSize = 1;
      const tab = await open();
      const item = tab.client.item(first);
      const end = item.subscribe(() => {});
      expect(item.snapshot().state).toBe("loading");
      await passed(0);
      expect(item.snapshot()).toMatchObject({ state: "ready", notification: { id: first, is_read: false } });
      tab.client.markAsRead(first);
      expect(item.snapshot().notification?.is_read).toBe(true);
      inbox.change("deleted", first);
      expect(item.snapshot().state).toBe("missing");
      end();
      tab.client.remove(second);
      const held = tab.client.item(second);
      held.subscribe(() => {});
      await passed(0);
      expect(held.snapshot().state).toBe("missing");
      tab.client.undoRemove(second);
      expect(held.snapshot().state).toBe("ready");
      const unknown = tab.client.item(1);
      unknown.subscribe(() => {});
      await passed(0);
      expect(unknown.snapshot().state).toBe("missing");
    });
  });

  describe("after a cut", () => {
    it("says until when it is up to date, catches up, says how many were missed, and makes no noise of them", async () => {
      const tab = await open();
      gateway.latest.end(1006);
      const lost = Date.now();
      expect(tab.client.snapshot()).toMatchObject({ connectionStatus: "reconnecting", upToDateAt: lost });
      inbox.add();
      inbox.add();
      inbox.change("read", first);
      await passed(SECOND);
      gateway.latest.welcome(inbox.numbers());
      await passed(0);
      expect(inbox.called("changes")).toEqual(["changes 2"]);
      expect(tab.client.snapshot()).toEqual({
        connectionStatus: "live",
        upToDateAt: null,
        caughtUp: 2,
        unreadCount: 3,
      });
      expect([tab.ids.length, tab.fresh]).toEqual([4, []]);
      await passed(8 * SECOND);
      expect(tab.client.snapshot().caughtUp).toBeNull();
    });

    it("without a hint, checks at a random moment within half of check_seconds", async () => {
      const tab = await open();
      gateway.latest.end(1012);
      inbox.add();
      await passed(SECOND);
      inbox.calls.length = 0;
      gateway.latest.welcome({ seq: undefined, unread: undefined, epoch: undefined, check_seconds: 60 });
      await passed(14 * SECOND);
      expect(inbox.called("unreadCount")).toEqual([]);
      await passed(2 * SECOND);
      expect([tab.ids.length, tab.badge]).toEqual([3, 3]);
    });

    it("does not take a hint for a check: it may be old", async () => {
      const tab = await open();
      const old = inbox.numbers();
      gateway.latest.end(1006);
      inbox.add();
      await passed(SECOND);
      gateway.latest.welcome({ ...old, heartbeat_seconds: 3_000 });
      await passed(14 * SECOND);
      expect(tab.client.snapshot()).toMatchObject({ connectionStatus: "live", caughtUp: null });
      await passed(2 * SECOND);
      expect(tab.client.snapshot()).toMatchObject({ caughtUp: 1, unreadCount: 3 });
    });

    describe("of single frames", () => {
      let frames: object[];

      beforeEach(async () => {
        await open();
        frames = [];
        Object.assign(gateway.latest, { receive: (frame: object) => frames.push(frame) });
        inbox.add();
        inbox.add();
        inbox.add();
        inbox.add();
        Reflect.deleteProperty(gateway.latest, "receive");
      });

      const receive = (index: number) => gateway.latest.receive(frames[index] ?? {});

      it("fills the hole from the api when frames had their time", async () => {
        receive(1);
        expect(tabs[0]?.badge).toBe(4);
        await passed(440);
        expect(inbox.called("changes")).toEqual([]);
        await passed(20);
        expect(inbox.called("changes")).toEqual(["changes 2"]);
        expect(tabs[0]?.ids).toHaveLength(6);
      });

      it("asks nothing when the frame was only late", async () => {
        receive(1);
        await passed(440);
        receive(0);
        await passed(5 * SECOND);
        expect(inbox.called("changes")).toEqual([]);
        expect(tabs[0]?.ids).toHaveLength(4);
      });

      it("gives the next hole its own time", async () => {
        receive(1);
        await passed(440);
        receive(0);
        receive(3);
        await passed(440);
        expect(inbox.called("changes")).toEqual([]);
        receive(2);
        await passed(5 * SECOND);
        expect(inbox.called("changes")).toEqual([]);
      });
    });
  });

  it("checks again when the socket is there after somebody came back, for what was between", async () => {
    const tab = await open();
    gateway.latest.end(1006);
    tab.page.set({ online: false });
    await passed(2 * SECOND);
    tab.page.set({ online: true });
    await passed(0);
    inbox.add();
    await letIn();
    await passed(SECOND);
    expect([tab.ids.length, tab.badge]).toEqual([3, 3]);
  });

  describe("finds what a live socket lost in silence", () => {
    async function loseOne(): Promise<Tab> {
      const tab = await open();
      gateway.latest.receive({ type: "pong" });
      const [socket] = gateway.sockets;
      const receive = socket?.receive.bind(socket);
      Object.assign(socket as object, { receive: () => {} });
      inbox.add();
      Object.assign(socket as object, { receive });
      return tab;
    }

    const staysAlive = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 5) {
        await passed(5 * SECOND);
        gateway.latest.receive({ type: "pong" });
      }
    };

    it("every minute while somebody looks", async () => {
      const tab = await loseOne();
      await staysAlive(65);
      expect([tab.ids.length, tab.badge]).toEqual([3, 3]);
    });

    it("when somebody comes back to look, and not before", async () => {
      const tab = await loseOne();
      tab.page.set({ visible: false });
      await staysAlive(200);
      expect(tab.ids).toHaveLength(2);
      tab.page.set({ visible: true });
      await passed(SECOND);
      expect([tab.ids.length, tab.badge]).toEqual([3, 3]);
    });
  });

  describe("own changes", () => {
    it("show at once and are sent once", async () => {
      const tab = await open();
      tab.client.markAsRead(first);
      expect([tab.unreadIds, tab.badge]).toEqual([[second], 1]);
      await passed(5 * SECOND);
      expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
      expect([tab.unreadIds, tab.badge, tab.refused]).toEqual([[second], 1, []]);
    });

    it("do not flicker between the answer and the frame", async () => {
      const tab = await open();
      const states: unknown[] = [];
      tab.client.list({}).subscribe(() => states.push(tab.unreadIds));
      tab.client.subscribe(() => states.push(tab.badge));
      Object.assign(gateway.latest, { receive: () => {} });
      tab.client.markAsRead(first);
      await passed(5 * SECOND);
      expect(states.every((state) => state === 1 || JSON.stringify(state) === `[${second}]`)).toBe(true);
    });

    it("that are refused are undone, and said", async () => {
      const tab = await open();
      inbox.failure = new Refused(403, "forbidden", "You may not");
      tab.client.markAsRead(first);
      await passed(0);
      expect([tab.unreadIds, tab.badge]).toEqual([[second, first], 2]);
      expect(tab.refused).toEqual([{ change: { kind: "read", id: first }, reason: "You may not" }]);
    });

    it("wait while there is no network, and are sent once and in order when it is back", async () => {
      const tab = await open();
      inbox.failure = new Unreachable("no network");
      tab.page.set({ online: false });
      tab.client.markAsRead(first);
      tab.client.markAsUnread(first);
      tab.client.markAsRead(second);
      await passed(100 * SECOND);
      expect([tab.unreadIds, tab.badge]).toEqual([[first], 1]);
      inbox.failure = null;
      inbox.calls.length = 0;
      tab.page.set({ online: true });
      await letIn();
      await passed(SECOND);
      expect(inbox.called("setRead")).toEqual([
        `setRead ${first} true`,
        `setRead ${first} false`,
        `setRead ${second} true`,
      ]);
      expect([inbox.unread, tab.badge]).toEqual([1, 1]);
    });

    it("wait as long as the api asks", async () => {
      const tab = await open();
      inbox.failure = new Unreachable("busy", 20 * SECOND, 503);
      tab.client.markAsRead(first);
      await passed(19 * SECOND);
      expect(inbox.called("setRead")).toHaveLength(1);
      inbox.failure = null;
      await passed(2 * SECOND);
      expect(inbox.called("setRead")).toHaveLength(2);
    });

    it("survive the page", async () => {
      const tab = await open();
      inbox.failure = new Unreachable("no network");
      tab.client.markAsRead(first);
      await passed(0);
      tab.client.stop();
      inbox.failure = null;
      inbox.calls.length = 0;
      const later = await open();
      await passed(SECOND);
      expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
      expect([later.badge, browser.storage.length]).toEqual([1, 0]);
    });

    it("wait for the sign-in when the token is refused", async () => {
      const tab = await open();
      inbox.failure = new SignInRequired();
      tab.client.markAsRead(first);
      await passed(60 * SECOND);
      expect(inbox.called("setRead")).toHaveLength(1);
      expect(tab.signInsRequired).toBeGreaterThan(0);
      expect(browser.storage.length).toBe(1);
    });

    it("mark read only what is here, or only what was seen", async () => {
      const tab = await open();
      tab.client.markAllAsRead(first);
      expect([tab.unreadIds, tab.badge]).toEqual([[second], 1]);
      tab.client.markAllAsRead();
      const third = inbox.add();
      await passed(0);
      expect(inbox.called("markAllRead")).toEqual([`markAllRead ${first}`, `markAllRead ${second}`]);
      expect([tab.unreadIds, tab.badge]).toEqual([[third], 1]);
    });
  });

  describe("removing", () => {
    it("hides at once and deletes five seconds later", async () => {
      const tab = await open();
      tab.client.remove(first);
      expect([tab.ids, tab.badge]).toEqual([[second], 1]);
      await passed(4_900);
      expect(inbox.called("remove")).toEqual([]);
      await passed(200);
      expect(inbox.called("remove")).toEqual([`remove ${first}`]);
      expect([tab.ids, tab.badge, inbox.rows().length]).toEqual([[second], 1, 1]);
    });

    it("can be undone until then", async () => {
      const tab = await open();
      tab.client.remove(first);
      await passed(4_900);
      tab.client.undoRemove(first);
      expect([tab.ids, tab.badge]).toEqual([[second, first], 2]);
      await passed(10 * SECOND);
      expect(inbox.called("remove")).toEqual([]);
    });

    it("is sent at once when the page goes", async () => {
      const tab = await open();
      tab.client.remove(first);
      tab.page.leave();
      expect(inbox.called("remove")).toEqual([`remove ${first} keepalive`]);
      await passed(10 * SECOND);
      expect(inbox.called("remove")).toHaveLength(1);
      expect([tab.ids, tab.badge]).toEqual([[second], 1]);
    });

    it("waits with the others when the page goes without a network", async () => {
      const tab = await open();
      inbox.failure = new Unreachable("no network");
      tab.page.set({ online: false });
      tab.client.remove(first);
      tab.page.leave();
      await passed(0);
      expect(browser.storage.getItem(`belfry:${URL}:7`)).toContain('"deleted"');
    });

    it("of what is gone already is no error", async () => {
      const tab = await open();
      tab.client.remove(first);
      inbox.change("deleted", first);
      await passed(6 * SECOND);
      expect([tab.ids, tab.badge, tab.refused]).toEqual([[second], 1, []]);
    });
  });

  describe("tabs of one user", () => {
    it("have one socket, and all show what it brings", async () => {
      const [one, other] = [await open(), await open()];
      gateway.assertOpened(1);
      const third = inbox.add();
      expect([one.ids, other.ids]).toEqual([
        [third, second, first],
        [third, second, first],
      ]);
      expect([one.badge, other.badge]).toEqual([3, 3]);
      expect(other.client.snapshot().connectionStatus).toBe("live");
    });

    it("go on with another one's socket when the leading tab closes", async () => {
      const [one, other] = [await open(), await open()];
      one.client.stop();
      await letIn();
      gateway.assertOpened(2);
      expect(gateway.alive).toHaveLength(1);
      const third = inbox.add();
      expect(other.ids).toEqual([third, second, first]);
      expect(other.client.snapshot().connectionStatus).toBe("live");
    });

    it("miss nothing between two sockets of theirs", async () => {
      const [one, other] = [await open(), await open()];
      one.client.stop();
      inbox.add();
      await letIn();
      await passed(SECOND);
      expect([other.ids.length, other.badge]).toEqual([3, 3]);
    });

    it("show at once in all what is done in one, and send it once", async () => {
      const [one, other] = [await open(), await open()];
      other.client.markAsRead(first);
      expect([one.unreadIds, other.unreadIds]).toEqual([[second], [second]]);
      expect([one.badge, other.badge]).toEqual([1, 1]);
      await passed(5 * SECOND);
      expect(inbox.called("setRead")).toHaveLength(1);
      expect([one.badge, other.badge]).toEqual([1, 1]);
    });

    it("say only where it was done that it was refused", async () => {
      const [one, other] = [await open(), await open()];
      inbox.failure = new Refused(403, "forbidden", "You may not");
      other.client.markAsRead(first);
      await passed(0);
      expect([one.refused.length, other.refused.length]).toEqual([0, 1]);
      expect([one.badge, other.badge]).toEqual([2, 2]);
    });

    it("lose nothing that waits when the leading tab closes", async () => {
      const [one, other] = [await open(), await open()];
      inbox.failure = new Unreachable("no network");
      other.client.markAsRead(first);
      one.client.markAsRead(second);
      await passed(0);
      one.client.stop();
      inbox.failure = null;
      inbox.calls.length = 0;
      await letIn();
      await passed(SECOND);
      expect(inbox.called("setRead")).toEqual([`setRead ${first} true`, `setRead ${second} true`]);
      expect(other.badge).toBe(0);
    });

    it("lose nothing that is done while nobody leads", async () => {
      const [one, other, third] = [await open(), await open(), await open()];
      one.client.stop();
      other.client.markAsRead(first);
      third.client.markAsRead(second);
      expect([other.badge, third.badge]).toEqual([1, 1]);
      await letIn();
      await passed(SECOND);
      expect(inbox.called("setRead")).toEqual([`setRead ${first} true`, `setRead ${second} true`]);
      expect([other.badge, third.badge, inbox.unread]).toEqual([0, 0, 0]);
    });

    it("all end when the user signs out in one, and leave nothing behind", async () => {
      const [one, other] = [await open(), await open()];
      inbox.failure = new Unreachable("no network");
      one.client.markAsRead(first);
      await passed(0);
      other.client.forget();
      await passed(60 * SECOND);
      expect(one.signInsRequired).toBeGreaterThan(0);
      expect(gateway.alive).toEqual([]);
      expect(browser.storage.length).toBe(0);
    });

    it("each have their own socket where there are no locks", async () => {
      const [one, other] = [await open(null), await open(null)];
      expect(gateway.alive).toHaveLength(2);
      const third = inbox.add();
      expect([one.ids, other.ids]).toEqual([
        [third, second, first],
        [third, second, first],
      ]);
      expect([one.fresh, other.fresh]).toEqual([[third], [third]]);
      gateway.sockets[0]?.end(1006);
      const status = ({ client }: Tab) => client.snapshot().connectionStatus;
      expect([status(one), status(other)]).toEqual(["reconnecting", "live"]);
    });
  });

  it("asks for a sign-in once the gateway says that the user signed out", async () => {
    const tab = await open();
    gateway.latest.end(4510);
    await passed(60 * SECOND);
    expect(tab.signInsRequired).toBe(1);
    expect(tab.client.snapshot().connectionStatus).toBe("signed_out");
  });
});
