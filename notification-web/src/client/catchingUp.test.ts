import { beforeEach, describe, expect, it } from "vitest";
import { type InboxTabs, SECOND, withInboxTabs, type Tab } from "../testing/inboxTabs";

const stage = withInboxTabs();

let gateway: InboxTabs["gateway"];
let inbox: InboxTabs["inbox"];
let tabs: InboxTabs["tabs"];
let first: InboxTabs["first"];
let passed: InboxTabs["passed"];
let open: InboxTabs["open"];
let letIn: InboxTabs["letIn"];

beforeEach(() => {
  ({ gateway, inbox, tabs, first, passed, open, letIn } = stage());
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

  it("checks no sooner than usual after a hint that sent it to the api", async () => {
    await open();
    gateway.latest.end(1006);
    inbox.add();
    await passed(SECOND);
    inbox.calls.length = 0;
    gateway.latest.welcome({ ...inbox.numbers(), check_seconds: 60, heartbeat_seconds: 3_000 });
    await passed(59 * SECOND);
    expect([inbox.called("changes").length, inbox.called("unreadCount").length]).toEqual([1, 0]);
    await passed(2 * SECOND);
    expect(inbox.called("unreadCount")).toHaveLength(1);
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
