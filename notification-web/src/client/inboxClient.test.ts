import { describe, expect } from "vitest";
import { SignInRequired, Unreachable } from "./rest/inboxApi";
import { it, SECOND } from "../testing/inboxTabs";

// What the conformance vectors do not name: the connection, other lists, single notifications.

it("shows the error in every list, and tries at once when the reader asks for it in any", async ({ stage }) => {
  const { inbox, open, passed } = stage;
  inbox.failure = new Unreachable("down");
  const tab = await open();
  const unread = tab.client.list({ unreadOnly: true });
  unread.subscribe(() => {});
  const states = () => [tab.client.list({}).snapshot().state, unread.snapshot().state];
  expect(states()[0]).toBe("error");
  await passed(31 * SECOND);
  expect(states()).toEqual(["error", "error"]);
  inbox.failure = null;
  tab.client.list({}).retry();
  expect(states()).toEqual(["loading", "error"]);
  await passed(0);
  expect(states()).toEqual(["ready", "ready"]);
});

it("shows only unread ones where that is asked for, those too that are unread again", async ({ stage }) => {
  const { inbox, first, second, open, passed } = stage;
  inbox.pageSize = 3;
  inbox.fill(10);
  inbox.readAll(second + 10);
  inbox.change("unread", second);
  const unread = (await open()).client.list({ unreadOnly: true });
  const ids = () => unread.snapshot().notifications.map(({ id }) => id);
  unread.subscribe(() => {});
  await passed(0);
  expect(ids()).toEqual([second]);
  inbox.change("unread", first);
  await passed(0);
  expect(ids()).toEqual([second, first]);
});

it("asks once for a single notification that two look at", async ({ stage }) => {
  const { inbox, first, open, passed } = stage;
  inbox.fill(30);
  const tab = await open();
  const item = tab.client.item(first);
  item.subscribe(() => {});
  item.subscribe(() => {});
  await passed(0);
  expect(item.snapshot().state).toBe("ready");
  expect(inbox.called("one")).toHaveLength(1);
});

describe("after a cut", () => {
  it("checks no sooner than usual after a hint that sent it to the api", async ({ stage }) => {
    const { inbox, gateway, open, passed } = stage;
    await open();
    gateway.latest.end(1006);
    inbox.add();
    await passed(SECOND);
    inbox.calls.length = 0;
    gateway.latest.welcome({ ...inbox.numbers(), check_seconds: 60 });
    await passed(59 * SECOND);
    expect([inbox.called("changes").length, inbox.called("unreadCount").length]).toEqual([1, 0]);
    await passed(2 * SECOND);
    expect(inbox.called("unreadCount")).toHaveLength(1);
  });

  it("does not take a hint for a check: it may be old", async ({ stage: { inbox, gateway, open, passed } }) => {
    const tab = await open();
    const old = inbox.numbers();
    gateway.latest.end(1006);
    inbox.add();
    await passed(SECOND);
    gateway.latest.welcome(old);
    await passed(14 * SECOND);
    expect(tab.client.snapshot()).toMatchObject({ connectionStatus: "live", caughtUp: null });
    await passed(2 * SECOND);
    expect(tab.client.snapshot()).toMatchObject({ caughtUp: 1, unreadCount: 3 });
  });

  it("checks again when the socket is there after the network came back, for what was between", async ({ stage }) => {
    const { inbox, gateway, open, letIn, passed } = stage;
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
});

describe("where no socket is to be had", () => {
  it("says in all tabs that it checks every minute, and when; it checks at once when it is looked at", async ({
    stage,
  }) => {
    const { inbox, open, passed } = stage;
    stage.isBlocked = true;
    const tabs = [await open(), await open()];
    const statuses = () => tabs.map(({ status }) => status);
    const checkedAt = () => tabs.map(({ client }) => client.snapshot().upToDateAt);
    const begun = Date.now();
    expect(statuses()).toEqual(["connecting", "connecting"]);
    await passed(4 * SECOND);
    expect(statuses()).toEqual(["polling", "polling"]);
    expect(checkedAt()).toEqual([begun, begun]);
    inbox.add();
    await passed(58 * SECOND);
    expect(tabs.map(({ badge }) => badge)).toEqual([3, 3]);
    expect(checkedAt().every((at) => at !== null && at >= begun + 60 * SECOND)).toBe(true);

    inbox.add();
    tabs.forEach(({ page }) => page.set({}));
    await passed(0);
    expect(tabs.map(({ badge }) => badge)).toEqual([4, 4]);
    expect(statuses()).toEqual(["polling", "polling"]);
  });

  it("goes live by itself when one is to be had, in all tabs", async ({ stage }) => {
    stage.isBlocked = true;
    const tabs = [await stage.open(), await stage.open()];
    await stage.passed(40 * SECOND);
    stage.isBlocked = false;
    for (let waited = 0; tabs[0]?.status !== "live" && waited <= 30; waited++) {
      await stage.passed(SECOND);
      await stage.letIn();
    }
    expect(tabs.map(({ status }) => status)).toEqual(["live", "live"]);
  });

  it("does not say that it checks before the api answered, since the socket was lost", async ({ stage }) => {
    const { gateway, open, passed } = stage;
    const tab = await open();
    gateway.latest.end(1006);
    await passed(20 * SECOND);
    expect(tab.status).toBe("reconnecting");
    await passed(60 * SECOND);
    expect(tab.status).toBe("polling");
  });

  it("says when it tries next while the api gives no answer either, and tries when it is asked to", async ({
    stage,
  }) => {
    const { inbox, open, passed } = stage;
    stage.isBlocked = true;
    inbox.failure = new Unreachable("down");
    const tab = await open();
    await passed(4 * SECOND);
    const { connectionStatus, nextTryAt } = tab.client.snapshot();
    expect(connectionStatus).toBe("unreachable");
    expect(nextTryAt).toBeGreaterThan(Date.now());
    inbox.failure = null;
    tab.client.tryNow();
    await passed(0);
    expect([tab.status, tab.ids.length]).toEqual(["polling", 2]);
  });
});

describe("a sign-in that has ended", () => {
  it("is told by the api's answer, and what waits to be sent is counted", async ({ stage }) => {
    const { inbox, first, open, passed } = stage;
    const tab = await open();
    inbox.failure = new SignInRequired();
    tab.client.markAsRead(first);
    await passed(0);
    expect(tab.client.snapshot()).toMatchObject({ connectionStatus: "signed_out", unsent: 1 });
    inbox.failure = null;
    tab.client.tryNow();
    await passed(0);
    expect(tab.client.snapshot()).toMatchObject({ connectionStatus: "live", unsent: 0 });
  });

  it("in one tab is told in all: none goes on saying that it is live", async ({ stage }) => {
    const tabs = [await stage.open(), await stage.open()];
    tabs[1]?.client.forget();
    expect(tabs.map(({ status }) => status)).toEqual(["signed_out", "signed_out"]);
  });
});

it("asks nothing while the reader does not look", async ({ stage: { inbox, open, passed } }) => {
  const tab = await open();
  tab.page.set({ visible: false });
  await passed(0);
  inbox.calls.length = 0;
  await passed(200 * SECOND);
  expect(inbox.calls).toEqual([]);
});
