import { beforeEach, describe, expect, it } from "vitest";
import { Unreachable } from "./rest/inboxApi";
import { type InboxTabs, SECOND, withInboxTabs } from "../testing/inboxTabs";

const stage = withInboxTabs();

let gateway: InboxTabs["gateway"];
let inbox: InboxTabs["inbox"];
let first: InboxTabs["first"];
let second: InboxTabs["second"];
let passed: InboxTabs["passed"];
let open: InboxTabs["open"];

beforeEach(() => {
  ({ gateway, inbox, first, second, passed, open } = stage());
});

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

it("asks for a sign-in once the gateway says that the user signed out", async () => {
  const tab = await open();
  gateway.latest.end(4510);
  await passed(60 * SECOND);
  expect(tab.signInsRequired).toBe(1);
  expect(tab.client.snapshot().connectionStatus).toBe("signed_out");
});
