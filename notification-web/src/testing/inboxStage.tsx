import { act, waitFor } from "@testing-library/react";
import { http, HttpResponse, type DefaultBodyType, type StrictRequest } from "msw";
import type { ReactNode } from "react";
import { beforeEach, expect, vi } from "vitest";
import { Refused } from "../client/rest/inboxApi";
import type { Notification, NotificationType } from "../client/wire/notification";
import { aUser, api, renderInside, withApi } from "./belfry";
import { FakeGateway } from "./fakeSocket";
import { answers } from "./restAnswers";
import { SimulatedInbox } from "./simulatedInbox";

/**
 * A student's inbox behind the whole stack of the page: components, provider, client, and a network of msw and a fake
 * gateway in front of an inbox as the database keeps it.
 */
export class InboxStage {
  readonly gateway = new FakeGateway();
  readonly inbox = new SimulatedInbox((frame) => {
    this.gateway.alive
      .filter((socket) => socket.readyState === WebSocket.OPEN)
      .forEach((socket) => socket.receive(frame));
  });
  readonly user = aUser();
  /** Calls find no server. */
  isDown = false;
  /** Calls wait for an answer until it is unset. */
  isSlow = false;

  /** Shows a component, and lets it come to rest: connected, with its first answers. */
  async show(ui: ReactNode) {
    const view = renderInside(ui);
    await this.connect();
    await this.wait(0);
    return view;
  }

  /** The gateway lets the page in. */
  async connect(): Promise<void> {
    await waitFor(() => expect(this.gateway.latest.readyState).toBe(WebSocket.CONNECTING));
    act(() => this.gateway.latest.welcome(this.inbox.numbers()));
  }

  /** One arrives over the socket. @returns its id */
  arrives(fields: Partial<Notification> = {}): number {
    let id = 0;
    act(() => {
      id = this.inbox.add(fields);
    });
    return id;
  }

  /** Something is done in another browser. */
  elsewhere(change: (inbox: SimulatedInbox) => void): void {
    act(() => change(this.inbox));
  }

  /** The connection ends. */
  cut(code: number): void {
    act(() => this.gateway.latest.end(code));
  }

  /** A cut, and a new connection after so long. */
  async reconnect(ms: number, code = 1006): Promise<void> {
    this.cut(code);
    await this.wait(ms);
    await this.connect();
  }

  async wait(ms: number): Promise<void> {
    await act(() => vi.advanceTimersByTimeAsync(ms));
  }
}

/** For each test of a file. @returns the stage of the test that runs */
export function withInboxStage(): () => InboxStage {
  withApi();
  let stage: InboxStage;
  beforeEach(() => {
    stage = new InboxStage();
    const open = stage.gateway.open;
    const Opened = function (url: string, protocols: string[]) {
      return open(url, protocols);
    };
    vi.stubGlobal("WebSocket", Object.assign(Opened, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }));
    api.use(...handlersOf(stage));
  });
  return () => stage;
}

type Ask = (request: StrictRequest<DefaultBodyType>, id: number) => Promise<unknown>;

function handlersOf(stage: InboxStage) {
  const { inbox } = stage;
  const answer =
    (ask: Ask) =>
    async ({ request, params }: { request: StrictRequest<DefaultBodyType>; params: Record<string, unknown> }) => {
      await vi.waitUntil(() => !stage.isSlow, { timeout: 60_000, interval: 10 });
      if (stage.isDown) {
        return HttpResponse.error();
      }
      try {
        const body = await ask(request, Number(params.id));
        return body ? HttpResponse.json(body) : new HttpResponse(null, { status: 204 });
      } catch (error) {
        return error instanceof Refused
          ? answers.problem(error.status, error.code, { detail: error.message })
          : answers.problem(503, "unavailable");
      }
    };
  const changes = (query: URLSearchParams) => inbox.changes(Number(query.get("after")), query.get("epoch") ?? "");
  const list: Ask = async (request) => {
    const { searchParams: query } = new URL(request.url);
    const cursor = query.get("cursor");
    const filter = {
      ...(query.get("is_read") === "false" && { unreadOnly: true }),
      ...(query.has("notification_type") && { type: query.get("notification_type") as NotificationType }),
    };
    const { notifications, next, ...rest } = await (cursor ? inbox.page(cursor) : inbox.list(filter));
    const nextUrl = next && `https://elsewhere.test/api/notifications/?cursor=${encodeURIComponent(next)}`;
    return { ...rest, previous: null, results: notifications, next: nextUrl };
  };
  const routes: readonly [keyof typeof http, string, Ask][] = [
    ["get", "", list],
    [
      "get",
      "unread_count/",
      () => inbox.unreadCount().then(({ unread, ...rest }) => ({ unread_count: unread, ...rest })),
    ],
    ["get", "changes/", (request) => changes(new URL(request.url).searchParams)],
    ["get", ":id/", (_, id) => inbox.one(id).then(({ notification, ...numbers }) => ({ ...notification, ...numbers }))],
    ["patch", ":id/mark_read/", (_, id) => inbox.setRead(id, true)],
    ["patch", ":id/mark_unread/", (_, id) => inbox.setRead(id, false)],
    [
      "post",
      "mark_all_read/",
      async (request) => inbox.markAllRead(((await request.json()) as { up_to: number }).up_to),
    ],
    ["delete", ":id/", (_, id) => inbox.remove(id, false)],
  ];
  return routes.map(([method, path, ask]) => http[method](`*/api/notifications/${path}`, answer(ask)));
}
