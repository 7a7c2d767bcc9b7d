import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeGateway } from "../testing/fakeSocket";
import { FakePage } from "../testing/fakeBrowser";
import { clientOf } from "../testing/inboxTabs";
import { SimulatedInbox } from "../testing/simulatedInbox";
import { Unreachable } from "./rest/inboxApi";

/** The "minimal standard" of Park and Miller: the same on every machine. See https://doi.org/10.1145/63039.63042. */
function randomOf(seed: number): () => number {
  let state = seed * 7_919;
  return () => (state = (state * 48_271) % 0x7fffffff) / 0x7fffffff;
}

/** Answers late, in any order, and sometimes not at all. */
class DistantInbox extends SimulatedInbox {
  random: () => number = () => 0;
  isDown = false;

  protected override async answer<T>(call: string, make: () => T): Promise<T> {
    const there = this.random() * 300;
    const back = this.random() * 1_500;
    await new Promise((arrive) => setTimeout(arrive, there));
    if (this.isDown || this.random() < 0.05) {
      throw new Unreachable("lost on the way");
    }
    const answer = await super.answer(call, make);
    await new Promise((arrive) => setTimeout(arrive, back));
    if (this.random() < 0.05) {
      throw new Unreachable("lost on the way back");
    }
    return answer;
  }
}

// A client whose frames are lost, doubled, late and out of order, and whose answers overtake them.
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

it.each(seeds)("a client ends with the database's list and badge (seed %i)", async (seed) => {
  const random = randomOf(seed);
  const gateway = new FakeGateway();
  const page = new FakePage();
  const badges: number[] = [];
  const inbox = new DistantInbox((frame) => {
    const copies = random() < 0.1 ? 0 : random() < 0.1 ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      setTimeout(() => gateway.alive.forEach((socket) => socket.receive(frame)), random() * 400);
    }
  });
  inbox.random = random;
  inbox.pageSize = 8;
  inbox.fill(30);
  const client = clientOf({ api: inbox, page, openSocket: gateway.open, random });
  const whole = client.list({});
  const unread = client.list({ unreadOnly: true });
  client.subscribe(() => badges.push(client.snapshot().unreadCount ?? 0));
  unread.subscribe(() => {});
  whole.subscribe(() => {
    const ids = whole.snapshot().notifications.map(({ id }) => id);
    expect(new Set(ids).size, "nothing twice").toBe(ids.length);
  });
  const loadMore = () => [whole, unread].forEach((list) => list.loadMore());
  client.start();

  for (let step = 0; step < 150; step++) {
    await vi.advanceTimersByTimeAsync(random() * 200);
    const rows = inbox.rows();
    const any = rows[Math.floor(random() * rows.length)];
    const shown = whole.snapshot().notifications;
    const seen = shown[Math.floor(random() * shown.length)];
    const dice = random();
    if (gateway.sockets.at(-1)?.readyState === WebSocket.CONNECTING && random() < 0.7) {
      gateway.latest.welcome({ check_seconds: 10, heartbeat_seconds: 5, ...(random() < 0.5 ? inbox.numbers() : {}) });
    }
    const acts: readonly (readonly [number, () => unknown])[] = [
      [0.4, () => inbox.add()],
      [0.5, () => any && inbox.change(any.is_read ? "unread" : "read", any.id)],
      [0.55, () => any && inbox.change("deleted", any.id)],
      [0.65, () => seen && client.markAsRead(seen.id)],
      [0.7, () => seen && client.markAsUnread(seen.id)],
      [0.73, () => seen && client.remove(seen.id)],
      [0.75, () => client.markAllAsRead()],
      [0.8, loadMore],
      [0.84, () => gateway.alive.forEach((socket) => socket.end(1006))],
      [0.86, () => page.set({ online: !page.online })],
      [0.88, () => page.set({ visible: !page.visible })],
      [0.9, () => (inbox.isDown = !inbox.isDown)],
      [0.905, () => Object.assign(inbox, { epoch: `e${step}`, seq: inbox.seq + 1_000 })],
    ];
    acts.find(([below]) => dice < below)?.[1]();
  }

  // The world heals: every question is answered in the end, and the last frames come or are found missing.
  inbox.isDown = false;
  inbox.random = () => 0.5;
  page.set({ online: true, visible: true });
  for (let second = 0; second < 120; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    if (gateway.sockets.at(-1)?.readyState === WebSocket.CONNECTING) {
      gateway.latest.welcome({ check_seconds: 10, heartbeat_seconds: 5 });
    }
    gateway.alive.forEach((socket) => {
      if (socket.sent.some(({ type }) => type === "ping")) {
        socket.receive({ type: "pong" });
      }
    });
    loadMore();
  }

  expect(client.snapshot()).toMatchObject({ connectionStatus: "live", unreadCount: inbox.unread });
  expect(whole.snapshot()).toEqual({ state: "ready", notifications: inbox.rows(), more: "none" });
  expect(unread.snapshot().notifications).toEqual(inbox.rows({ unreadOnly: true }));
  expect(badges.every((badge) => badge >= 0)).toBe(true);
  client.stop();
});
