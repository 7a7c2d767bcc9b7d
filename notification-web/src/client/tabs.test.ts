import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refused, Unreachable } from "./rest/inboxApi";
import { GATEWAY_URL, type InboxTabs, SECOND, withInboxTabs, type Tab } from "../testing/inboxTabs";
import { InboxClient } from "./inboxClient";

const stage = withInboxTabs();

let browser: InboxTabs["browser"];
let gateway: InboxTabs["gateway"];
let inbox: InboxTabs["inbox"];
let first: InboxTabs["first"];
let second: InboxTabs["second"];
let passed: InboxTabs["passed"];
let open: InboxTabs["open"];
let letIn: InboxTabs["letIn"];

beforeEach(() => {
  ({ browser, gateway, inbox, first, second, passed, open, letIn } = stage());
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

  it("each have their own socket where the browser refuses locks", async () => {
    const refused = { request: () => Promise.reject(new DOMException("denied", "SecurityError")) };
    const one = await open(refused as unknown as LockManager);
    const third = inbox.add();
    expect([one.ids, one.badge]).toEqual([[third, second, first], 3]);
    one.client.markAsRead(first);
    await passed(SECOND);
    expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
  });
});

it("a client works in memory where storage, locks and channels are refused", () => {
  const deny = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.spyOn(window, "localStorage", "get").mockImplementation(deny);
  vi.spyOn(window, "sessionStorage", "get").mockImplementation(deny);
  vi.stubGlobal("BroadcastChannel", function () {
    deny();
  });
  vi.stubGlobal("navigator", Object.defineProperty({ onLine: true }, "locks", { get: deny }));
  const client = new InboxClient({
    api: inbox,
    userId: 7,
    websocketUrl: GATEWAY_URL,
    getToken: () => Promise.resolve(null),
  });
  client.start();
  client.markAsRead(first);
  expect(inbox.called("setRead")).toEqual([`setRead ${first} true`]);
  client.stop();
});
