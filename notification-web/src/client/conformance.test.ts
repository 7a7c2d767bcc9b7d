import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakePage } from "../testing/fakeBrowser";
import { answers } from "../testing/restAnswers";
import { FakeGateway } from "../testing/fakeSocket";
import { clientOf, passed } from "../testing/inboxTabs";
import { Refused, Unreachable, type InboxApi } from "./rest/inboxApi";
import type { InboxClient } from "./inboxClient";
import type { Notification, Numbers } from "./wire/notification";

// The client's rule as data: shared-events/conformance/README.md says what the fields mean.

type Row = Pick<Notification, "id">;
type Answer = Partial<Numbers> & { readonly results?: readonly Row[]; readonly notifications?: readonly Row[] };
type Expected = Readonly<Record<string, unknown>> & { readonly asks?: readonly string[] };

type Step = { readonly ms?: number; readonly then?: Expected } & (
  | { readonly frame: { readonly notification?: Row } }
  | { readonly answer: Answer; readonly to: string }
  | { readonly fail: string }
  | { readonly refuse: string }
  | { readonly ms: number }
  | { readonly own: keyof typeof own; readonly id: number }
  | { readonly more: true }
  | { readonly disconnect: number }
  | { readonly welcome: object }
  | { readonly visible: boolean }
);

interface VectorFile {
  readonly about: string;
  readonly start: Answer | null;
  readonly vectors: readonly {
    readonly name: string;
    readonly start?: Answer | null;
    readonly steps: readonly Step[];
  }[];
}

const CHECK = "unread_count";
const NO_HINT = { seq: undefined, unread: undefined, epoch: undefined };
const folder = join(import.meta.dirname, "../../../shared-events/conformance");
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(join(folder, name), "utf8")) as VectorFile) }));

const own = { read: "markAsRead", unread: "markAsUnread", deleted: "remove", all_read: "markAllAsRead" } as const;

/** What the vectors leave out, which the rule does not look at. */
const filled = (row: Row) => answers.notification({ title: "", ...row });

/** An api that answers when the test says so. Questions are named as the conformance vectors name them. */
class ScriptedApi implements InboxApi {
  /** Asked since this was last emptied, in order. */
  readonly asked: string[] = [];
  private readonly open: { readonly question: string; readonly answer: (outcome: never) => void }[] = [];

  readonly list: InboxApi["list"] = () => this.ask("list");
  readonly page: InboxApi["page"] = (next) => this.ask(`list?cursor=${next}`);
  readonly changes: InboxApi["changes"] = (after, epoch) => this.ask(`changes?after=${after}&epoch=${epoch}`);
  readonly unreadCount: InboxApi["unreadCount"] = () => this.ask(CHECK);
  readonly one: InboxApi["one"] = (id) => this.ask(`one ${id}`);
  readonly setRead: InboxApi["setRead"] = (id, read) => this.ask(`${read ? "mark_read" : "mark_unread"} ${id}`);
  readonly markAllRead: InboxApi["markAllRead"] = (upTo) => this.ask(`mark_all_read ${upTo}`);
  readonly remove: InboxApi["remove"] = (id) => this.ask(`delete ${id}`);

  /** Those that are not answered. */
  get questions(): string[] {
    return this.open.map(({ question }) => question);
  }

  /** @param outcome a promise that rejects makes the call fail */
  answer(question: string, outcome: object): void {
    expect(this.questions).toContain(question);
    const [asked] = this.open.splice(this.questions.indexOf(question), 1);
    asked?.answer(outcome as never);
  }

  private ask<T>(question: string): Promise<T> {
    this.asked.push(question);
    return new Promise<T>((answer) => this.open.push({ question, answer }));
  }
}

class Replay {
  private readonly api = new ScriptedApi();
  private readonly gateway = new FakeGateway();
  private readonly page = new FakePage();
  private fresh: number[] = [];
  readonly client: InboxClient;

  constructor(random: number) {
    this.client = clientOf({ api: this.api, page: this.page, openSocket: this.gateway.open, random: () => random });
    this.client.on("fresh", ({ id }) => this.fresh.push(id));
    this.client.list({}).subscribe(() => {});
  }

  async start(list: Answer | null): Promise<void> {
    this.client.start();
    await passed(0);
    if (list) {
      this.answer("list", list);
      await passed(0);
      this.gateway.latest.welcome({ ...list, check_seconds: 60 });
      await passed(0);
      this.answer(CHECK, list);
      await passed(0);
      this.api.asked.length = 0;
    }
  }

  async take(step: Step): Promise<void> {
    this.fresh = [];
    this.act(step);
    await passed(step.ms ?? 0);
    const { then = {} } = step;
    const asks = then.asks ?? [];
    expect(this.seen()).toMatchObject({ ...then, asks: asks.filter((question) => question !== CHECK) });
    expect(this.api.questions).toEqual(expect.arrayContaining(asks.filter((question) => question === CHECK)));
    this.api.asked.length = 0;
  }

  private act(step: Step): void {
    if ("frame" in step) {
      const { notification, ...frame } = step.frame;
      this.gateway.latest.receive({ ...frame, ...(notification && { notification: filled(notification) }) });
    } else if ("answer" in step) {
      this.answer(step.to, step.answer);
    } else if ("fail" in step) {
      this.api.answer(step.fail, Promise.reject(new Unreachable("no answer")));
    } else if ("refuse" in step) {
      this.api.answer(step.refuse, Promise.reject(new Refused(403, "forbidden", "no")));
    } else if ("own" in step) {
      this.client[own[step.own]](step.id);
    } else if ("more" in step) {
      this.client.list({}).loadMore();
    } else if ("disconnect" in step) {
      this.gateway.latest.end(step.disconnect);
    } else if ("welcome" in step) {
      this.gateway.latest.welcome({ ...NO_HINT, ...step.welcome });
    } else if ("visible" in step) {
      this.page.set({ visible: step.visible });
    }
  }

  private answer(question: string, { results, notifications, ...answer }: Answer): void {
    const rows = (results ?? notifications)?.map(filled);
    this.api.answer(question, { ...answer, ...(rows && { count: rows.length, notifications: rows }) });
  }

  private seen(): Expected {
    const { notifications } = this.client.list({}).snapshot();
    const { applied, shown } = this.client.condition();
    return {
      applied,
      shown,
      badge: this.client.snapshot().unreadCount ?? -1,
      list: notifications.map(({ id, is_read }) => `${id} ${is_read ? "read" : "unread"}`),
      fresh: this.fresh,
      asks: this.api.asked.filter((question) => question !== CHECK),
    };
  }
}

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  expect(vi.getTimerCount(), "timers left behind").toBe(0);
  vi.useRealTimers();
});

describe.each(files)("$name: $about", ({ start, vectors }) => {
  describe.each([0, 0.5, 0.999])("with a jitter of %f", (random) => {
    it.each(vectors)("$name", async (vector) => {
      const replay = new Replay(random);
      await replay.start(vector.start === undefined ? start : vector.start);
      for (const step of vector.steps) {
        await replay.take(step);
      }
      replay.client.stop();
    });
  });
});

it("there are vectors for every theme", () =>
  expect(files.flatMap(({ vectors }) => vectors).length).toBeGreaterThanOrEqual(80));
