import { beforeEach, describe, expect, it } from "vitest";
import { Refused, SignInRequired, Unreachable } from "../rest/inboxApi";
import { GATEWAY_URL, type InboxTabs, SECOND, withInboxTabs } from "../../testing/inboxTabs";

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

  it("that are answered when their page has gone leave alone what another tab keeps", async () => {
    const tab = await open();
    const other = await open();
    const answers: (() => void)[] = [];
    inbox.setRead = () => new Promise((answer) => answers.push(() => answer(inbox.numbers())));
    tab.client.markAsRead(first);
    await passed(0);
    tab.client.stop();
    await passed(0);
    other.client.markAsRead(second);
    answers[0]?.();
    await passed(0);
    const stored = () => browser.storage.getItem(`belfry:${GATEWAY_URL}:7`) ?? "";
    expect(stored()).toContain(`${second}`);
    expect(stored()).not.toContain(`${first}`);
  });

  it("stay when the tab that sent them goes before it told what came of them", async () => {
    const tab = await open();
    const other = await open();
    inbox.failure = new Unreachable("no network");
    other.client.markAsRead(first);
    await passed(0);
    browser.storage.clear();
    const shown: unknown[] = [];
    other.client.list({}).subscribe(() => shown.push(other.unreadIds));
    tab.client.stop();
    inbox.failure = null;
    await passed(SECOND);
    expect(other.unreadIds).toEqual([second]);
    expect(shown.every((ids) => JSON.stringify(ids) === `[${second}]`)).toBe(true);
    expect(inbox.unread).toBe(1);
  });

  it("stay when a list comes that was asked for before they were answered", async () => {
    const former = await open();
    inbox.failure = new Unreachable("no network");
    former.client.markAsRead(first);
    await passed(0);
    former.client.stop();
    const rows = { ...inbox.numbers(), count: 2, notifications: inbox.rows(), next: null };
    inbox.list = () => new Promise((arrive) => setTimeout(() => arrive(rows), 2 * SECOND));
    const tab = await open();
    const shown: unknown[] = [];
    const list = tab.client.list({});
    list.subscribe(() => shown.push(`${list.snapshot().state} ${tab.unreadIds.join()}`));
    Object.assign(gateway.latest, { receive: () => {} });
    inbox.failure = null;
    await passed(5 * SECOND);
    expect(inbox.unread).toBe(1);
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown)).toEqual(new Set([`ready ${second}`]));
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

  it("is asked for again when nobody was left to hear that it failed", async () => {
    const tab = await open();
    tab.client.remove(first);
    inbox.failure = new Unreachable("no network");
    tab.page.leave();
    tab.client.stop();
    await passed(0);
    inbox.failure = null;
    const later = await open();
    expect(later.ids).toEqual([second]);
    await passed(SECOND);
    expect([inbox.rows().length, browser.storage.length]).toEqual([1, 0]);
  });

  it("stays hidden when a list comes that is older than the answer", async () => {
    const former = await open();
    inbox.failure = new Unreachable("no network");
    former.page.set({ online: false });
    former.client.remove(first);
    former.client.stop();
    const rows = { ...inbox.numbers(), count: 2, notifications: inbox.rows(), next: null };
    inbox.list = () => new Promise((arrive) => setTimeout(() => arrive(rows), 2 * SECOND));
    const tab = await open();
    const shown: unknown[] = [];
    const list = tab.client.list({});
    list.subscribe(() => shown.push(`${list.snapshot().state} ${tab.ids.join()}`));
    Object.assign(gateway.latest, { receive: () => {} });
    inbox.failure = null;
    await passed(5 * SECOND);
    expect(inbox.rows()).toHaveLength(1);
    expect(new Set(shown)).toEqual(new Set([`ready ${second}`]));
  });

  it("stays hidden when a page of the list comes that was asked for before it", async () => {
    inbox.pageSize = 1;
    const page = inbox.page.bind(inbox);
    inbox.page = async (next) => {
      const answer = await page(next);
      await new Promise((arrive) => setTimeout(arrive, 5_100));
      return answer;
    };
    const tab = await open();
    Object.assign(gateway.latest, { receive: () => {} });
    const list = tab.client.list({});
    const shown: string[] = [];
    list.subscribe(() => shown.push(tab.ids.join()));
    list.loadMore();
    tab.client.remove(first);
    await passed(8 * SECOND);
    expect([inbox.rows().length, list.snapshot().more]).toEqual([1, "none"]);
    expect(new Set(shown)).toEqual(new Set([`${second}`]));
  });

  it("hides several while the page goes", async () => {
    const tab = await open();
    tab.client.remove(first);
    tab.client.remove(second);
    const shown: unknown[] = [];
    tab.client.list({}).subscribe(() => shown.push(...tab.ids));
    tab.page.leave();
    await passed(SECOND);
    expect([shown, inbox.rows(), tab.badge]).toEqual([[], [], 0]);
  });

  it("waits with the others when the page goes without a network", async () => {
    const tab = await open();
    inbox.failure = new Unreachable("no network");
    tab.page.set({ online: false });
    tab.client.remove(first);
    tab.page.leave();
    await passed(0);
    expect(browser.storage.getItem(`belfry:${GATEWAY_URL}:7`)).toContain('"deleted"');
  });

  it("of what is gone already is no error", async () => {
    const tab = await open();
    tab.client.remove(first);
    inbox.change("deleted", first);
    await passed(6 * SECOND);
    expect([tab.ids, tab.badge, tab.refused]).toEqual([[second], 1, []]);
  });
});
