import { describe, expect } from "vitest";
import { SignInRequired, Unreachable } from "../rest/inboxApi";
import { GATEWAY_URL, it, SECOND, type InboxTabs } from "../../testing/inboxTabs";

// What the conformance vectors of own changes do not hold: the page's end, the network, storage, lists on their way.

const noNetwork = () => new Unreachable("no network");

/** What the tab that leads has stored. */
const stored = ({ browser }: InboxTabs) => browser.storage.getItem(`belfry:${GATEWAY_URL}:7`) ?? "";

describe("own changes", () => {
  it("wait as long as the api asks", async ({ stage: { inbox, first, open, passed } }) => {
    const tab = await open();
    inbox.failure = new Unreachable("busy", 20 * SECOND, 503);
    tab.client.markAsRead(first);
    await passed(19 * SECOND);
    expect(inbox.called("setRead")).toHaveLength(1);
    inbox.failure = null;
    await passed(2 * SECOND);
    expect(inbox.called("setRead")).toHaveLength(2);
  });

  it("that are answered when their page has gone leave alone what another tab keeps", async ({ stage }) => {
    const { inbox, first, second, open, passed } = stage;
    const [tab, other] = [await open(), await open()];
    inbox.lateMs.setRead = SECOND;
    tab.client.markAsRead(first);
    await passed(500);
    tab.client.stop();
    await passed(0);
    other.client.markAsRead(second);
    await passed(500);
    expect(stored(stage)).toContain(`${second}`);
    expect(stored(stage)).not.toContain(`${first}`);
    await passed(5 * SECOND);
  });

  it("stay when the tab that sent them goes before it told what came of them", async ({ stage }) => {
    const { inbox, browser, first, second, open, passed } = stage;
    const [tab, other] = [await open(), await open()];
    inbox.failure = noNetwork();
    other.client.markAsRead(first);
    await passed(0);
    browser.storage.clear();
    const seen = other.watch();
    tab.client.stop();
    inbox.failure = null;
    await passed(SECOND);
    expect(other.unreadIds).toEqual([second]);
    expect(seen.every(({ unreadIds }) => unreadIds.join() === `${second}`)).toBe(true);
    expect(inbox.unread).toBe(1);
  });

  it.for([
    ["markAsRead", "unreadIds"],
    ["remove", "ids"],
  ] as const)("stay (%s) when an older list comes", async ([act, ends], { stage }) => {
    const { inbox, first, second, open, deafen, passed } = stage;
    const former = await open();
    inbox.failure = noNetwork();
    former.page.set({ online: false });
    former.client[act](first);
    await passed(0);
    former.client.stop();
    inbox.lateMs.list = 2 * SECOND;
    const tab = await open();
    const seen = tab.watch();
    deafen();
    inbox.failure = null;
    await passed(5 * SECOND);
    expect(inbox.unread).toBe(1);
    const shown = seen.filter(({ state }) => state === "ready").map((list) => list[ends]);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((ids) => ids.join() === `${second}`)).toBe(true);
  });

  it("wait for the sign-in when the token is refused", async ({ stage: { inbox, browser, first, open, passed } }) => {
    const tab = await open();
    inbox.failure = new SignInRequired();
    tab.client.markAsRead(first);
    await passed(60 * SECOND);
    expect(inbox.called("setRead")).toHaveLength(1);
    expect(tab.signInsRequired).toBeGreaterThan(0);
    expect(browser.storage.length).toBe(1);
  });

  it("mark read only what is here", async ({ stage: { inbox, second, open, passed } }) => {
    const tab = await open();
    tab.client.markAllAsRead();
    const third = inbox.add();
    await passed(0);
    expect(inbox.called("markAllRead")).toEqual([`markAllRead ${second}`]);
    expect([tab.unreadIds, tab.badge]).toEqual([[third], 1]);
  });
});

describe("removing", () => {
  it("is sent at once when the page goes, and nothing comes back meanwhile", async ({ stage }) => {
    const { inbox, first, second, open, passed } = stage;
    const tab = await open();
    tab.client.remove(first);
    tab.client.remove(second);
    const seen = tab.watch();
    tab.page.leave();
    const sent = [`remove ${first} keepalive`, `remove ${second} keepalive`];
    expect(inbox.called("remove")).toEqual(sent);
    await passed(10 * SECOND);
    expect([inbox.called("remove"), inbox.rows(), tab.badge]).toEqual([sent, [], 0]);
    expect(seen.flatMap(({ ids }) => ids)).toEqual([]);
  });

  it("is asked for again when no page was left to hear that it failed", async ({ stage }) => {
    const { inbox, browser, first, second, open, passed } = stage;
    const tab = await open();
    tab.client.remove(first);
    inbox.failure = noNetwork();
    tab.page.leave();
    tab.client.stop();
    await passed(0);
    inbox.failure = null;
    const later = await open();
    expect(later.ids).toEqual([second]);
    await passed(SECOND);
    expect([inbox.rows().length, browser.storage.length]).toEqual([1, 0]);
  });

  it("stays hidden when a page of the list comes that was asked for before it", async ({ stage }) => {
    const { inbox, first, second, open, deafen, passed } = stage;
    inbox.pageSize = 1;
    inbox.lateMs.page = 5_100;
    const tab = await open();
    deafen();
    const seen = tab.watch();
    tab.client.list({}).loadMore();
    tab.client.remove(first);
    await passed(8 * SECOND);
    expect([inbox.rows().length, tab.client.list({}).snapshot().more]).toEqual([1, "none"]);
    expect(new Set(seen.flatMap(({ ids }) => ids))).toEqual(new Set([second]));
  });

  it("waits with the others when the page goes without a network", async ({ stage }) => {
    const tab = await stage.open();
    stage.inbox.failure = noNetwork();
    tab.page.set({ online: false });
    tab.client.remove(stage.first);
    tab.page.leave();
    await stage.passed(0);
    expect(stored(stage)).toContain('"deleted"');
  });

  it("of what is gone already is no error", async ({ stage: { inbox, first, second, open, passed } }) => {
    const tab = await open();
    tab.client.remove(first);
    inbox.change("deleted", first);
    await passed(6 * SECOND);
    expect([tab.ids, tab.badge, tab.refused]).toEqual([[second], 1, []]);
  });
});
