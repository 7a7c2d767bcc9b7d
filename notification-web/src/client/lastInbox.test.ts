import { expect } from "vitest";
import { answers } from "../testing/restAnswers";
import { clientOf, it, SECOND } from "../testing/inboxTabs";
import { KeptInbox, type LastList } from "./lastInbox";
import { Unreachable } from "./rest/inboxApi";

const me = { ...answers.me(), id: 7 };

function begun(settings: Parameters<typeof clientOf>[0]) {
  const kept: (LastList | null)[] = [];
  const client = clientOf({ ...settings, keepLast: (last) => kept.push(last) });
  client.start();
  return { client, kept };
}

it("tells what to keep once everything is here, with its time, and that nothing may stay when the user leaves", async ({
  stage: { inbox, gateway, passed },
}) => {
  const { client, kept } = begun({ api: inbox, openSocket: gateway.open });
  await passed(0);
  gateway.latest.welcome();
  await passed(SECOND);
  inbox.pageSize = 2;
  inbox.fill(3);
  await passed(SECOND);
  const last = kept.at(-1);
  expect(last?.answer).toMatchObject({ seq: 5, unread: 5, epoch: "e1", next: null });
  expect(last?.answer.notifications).toEqual(inbox.rows());
  expect(last?.at).toBe(Date.now());
  client.forget();
  await passed(5 * SECOND);
  expect(kept.at(-1)).toBeNull();
});

it("keeps nothing once the sign-in has ended: the user may have signed out in a tab that this one did not hear of", async ({
  stage: { inbox, gateway, passed },
}) => {
  const { client, kept } = begun({ api: inbox, openSocket: gateway.open });
  await passed(SECOND);
  gateway.latest.end(4510);
  await passed(0);
  expect(kept.at(-1)).toBeNull();
  client.stop();
  expect(kept.at(-1)).toBeNull();
});

it("begins with what was kept, says of when it is, and asks what has happened since", async ({ stage }) => {
  const { inbox, gateway, second, passed } = stage;
  const last = { at: Date.now() - 3_600_000, answer: await inbox.list({}) };
  inbox.change("read", second);
  const third = inbox.add();
  inbox.failure = new Unreachable("no network");
  stage.isBlocked = true;
  inbox.calls.length = 0;
  const client = clientOf({ api: inbox, openSocket: gateway.open, last });
  const list = client.list({});
  const ids = () => list.snapshot().notifications.map(({ id }) => id);
  client.start();
  await stage.letIn();
  await passed(4 * SECOND);
  expect(list.snapshot().state).toBe("ready");
  expect(ids()).toEqual([second, stage.first]);
  const snapshot = client.snapshot();
  expect(snapshot).toMatchObject({ connectionStatus: "unreachable", unreadCount: 2, upToDateAt: last.at });
  // Read here meanwhile, it is sent when the api is back.
  client.markAsRead(stage.first);
  expect(client.snapshot().unreadCount).toBe(1);

  inbox.failure = null;
  client.tryNow();
  await passed(SECOND);
  expect(ids()).toEqual([third, second, stage.first]);
  expect(client.snapshot()).toMatchObject({ connectionStatus: "polling", unreadCount: 1 });
  expect([inbox.called("list"), inbox.called("changes")[0]]).toEqual([[], "changes 2"]);
  client.stop();
});

it("does not say that it is live before it knows what was missed", async ({ stage: { inbox, gateway, passed } }) => {
  const last = { at: Date.now(), answer: await inbox.list({}) };
  inbox.add();
  inbox.failure = new Unreachable("down");
  const client = clientOf({ api: inbox, openSocket: gateway.open, last });
  client.start();
  await passed(0);
  gateway.latest.welcome(inbox.numbers());
  await passed(SECOND);
  expect(client.snapshot()).toMatchObject({ connectionStatus: "unreachable", unreadCount: 3 });
  inbox.failure = null;
  client.tryNow();
  await passed(SECOND);
  expect(client.snapshot().connectionStatus).toBe("live");
  client.stop();
});

it("is of one user and one installation: another one's takes its place", () => {
  localStorage.clear();
  const last = { at: 1, answer: { ...answers.numbers, count: 0, next: null, notifications: [] } };
  new KeptInbox("", 7).keepsFor(me)?.(last);
  expect(new KeptInbox("https://elsewhere.test", 7).load()).toBeNull();
  expect(new KeptInbox("", 7).load()).toEqual({ me, ...last });
  expect(new KeptInbox("", 8).keepsFor(me)).toBeUndefined();
  expect(new KeptInbox("", 8).load()).toBeNull();
  expect(new KeptInbox("", 7).load()).toBeNull();
  expect(localStorage).toHaveLength(0);
});

it("of another form is as none", () => {
  localStorage.setItem("belfry:last:", JSON.stringify({ me, at: 1, answer: { notifications: "many" } }));
  expect(new KeptInbox("", 7).load()).toBeNull();
  localStorage.clear();
});
