import { describe, expect, vi } from "vitest";
import { Refused, Unreachable } from "./rest/inboxApi";
import { GATEWAY_URL, it, SECOND, type InboxTabs, type Tab } from "../testing/inboxTabs";
import { InboxClient } from "./inboxClient";
import { serverClock } from "./wire/serverClock";

const two = async ({ open }: InboxTabs): Promise<[Tab, Tab]> => [await open(), await open()];

describe("tabs of one user", () => {
  it("have the server's clock from the one that leads", async ({ stage: { browser, open } }) => {
    await open();
    await open();
    const now = Date.now() + 3_600_000;
    browser.tabs().tell({ kind: "status", status: "live", heardAt: now, isCut: false, now });
    expect(serverClock.now()).toBe(now);
    serverClock.hear(Date.now());
  });

  it("show at once in all what is done in one, and send it once", async ({ stage }) => {
    const { inbox, first, second, passed } = stage;
    const [one, other] = await two(stage);
    stage.gateway.assertOpened(1);
    other.client.markAsRead(first);
    expect([one.unreadIds, one.badge, other.unreadIds, other.badge]).toEqual([[second], 1, [second], 1]);
    await passed(5 * SECOND);
    expect(inbox.called("setRead")).toHaveLength(1);
    expect([one.badge, other.badge]).toEqual([1, 1]);
  });

  it.for([["the first"], ["one that follows"]])(
    "miss nothing that came after the list was asked for and before they listened: %s",
    async ([which], { stage: { inbox, browser, open, passed } }) => {
      if (which !== "the first") {
        await open();
      }
      const asked = inbox.list({});
      await passed(0);
      const missed = inbox.add();
      inbox.calls.length = 0;
      const tab = await open(browser.locks, asked);
      await passed(SECOND);
      expect(tab.ids[0]).toBe(missed);
      expect(inbox.called("list")).toEqual([]);
    },
  );

  it("say only where it was done that it was refused", async ({ stage }) => {
    const [one, other] = await two(stage);
    stage.inbox.failure = new Refused(403, "forbidden", "You may not");
    other.client.markAsRead(stage.first);
    await stage.passed(0);
    const refused = { change: { kind: "read", id: stage.first }, reason: "You may not" };
    expect([one.refused, other.refused]).toEqual([[], [refused]]);
    expect([one.badge, other.badge]).toEqual([2, 2]);
  });

  it("lose nothing that waits when the leading tab closes", async ({ stage }) => {
    const { inbox, first, second, letIn, passed } = stage;
    const [one, other] = await two(stage);
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

  it("lose nothing that is done while no tab leads", async ({ stage }) => {
    const { inbox, first, second, open, letIn, passed } = stage;
    const [one, other, third] = [...(await two(stage)), await open()];
    one.client.stop();
    other.client.markAsRead(first);
    third.client.markAsRead(second);
    expect([other.badge, third.badge]).toEqual([1, 1]);
    await letIn();
    await passed(SECOND);
    expect(inbox.called("setRead")).toEqual([`setRead ${first} true`, `setRead ${second} true`]);
    expect([other.badge, third.badge, inbox.unread]).toEqual([0, 0, 0]);
  });

  it("all end when the user signs out in one, and leave nothing behind", async ({ stage }) => {
    const [one, other] = await two(stage);
    stage.inbox.failure = new Unreachable("no network");
    one.client.markAsRead(stage.first);
    await stage.passed(0);
    other.client.forget();
    await stage.passed(60 * SECOND);
    expect(one.signInsRequired).toBeGreaterThan(0);
    expect(stage.gateway.alive).toEqual([]);
    expect(stage.browser.storage.length).toBe(0);
  });

  const refuse = () => Promise.reject(new DOMException("denied", "SecurityError"));
  it.for([
    ["there are no locks", null],
    ["the browser refuses them", { request: refuse } as unknown as LockManager],
  ] as const)("each have their own socket where %s", async ([, locks], { stage }) => {
    const { inbox, gateway, first, open, passed } = stage;
    const [one, other] = [await open(locks), await open(locks)];
    expect(gateway.alive).toHaveLength(2);
    const third = inbox.add();
    expect([one.ids[0], one.fresh, other.ids[0], other.fresh]).toEqual([third, [third], third, [third]]);
    one.client.markAsRead(first);
    await passed(SECOND);
    expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
    gateway.sockets[0]?.end(1006);
    const status = ({ client }: Tab) => client.snapshot().connectionStatus;
    expect([status(one), status(other)]).toEqual(["reconnecting", "live"]);
  });
});

it("a client works in memory where storage, locks and channels are refused", ({ stage: { inbox, first } }) => {
  const deny = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.spyOn(window, "localStorage", "get").mockImplementation(deny);
  vi.spyOn(window, "sessionStorage", "get").mockImplementation(deny);
  vi.stubGlobal("BroadcastChannel", function () {
    deny();
  });
  vi.stubGlobal("navigator", Object.defineProperty({ onLine: true }, "locks", { get: deny }));
  const getToken = () => Promise.resolve(null);
  const client = new InboxClient({ api: inbox, userId: 7, websocketUrl: GATEWAY_URL, getToken });
  client.start();
  client.markAsRead(first);
  expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
  client.stop();
});
