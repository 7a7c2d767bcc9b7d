import { act, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, vi } from "vitest";
import { NotificationService } from "../client/rest/notificationService";
import type { Notification } from "../client/wire/notification";
import { aUser, renderInside, withApi } from "./belfry";
import { FakeGateway } from "./fakeSocket";
import { SimulatedInbox } from "./simulatedInbox";

/**
 * A student's inbox behind the page's components, provider and client: a fake gateway, and the api's answers, of an inbox
 * as the database keeps it.
 */
export class InboxStage {
  readonly gateway = new FakeGateway();
  readonly inbox = new SimulatedInbox((frame) => {
    this.gateway.alive
      .filter((socket) => socket.readyState === WebSocket.OPEN)
      .forEach((socket) => socket.receive(frame));
  });
  readonly user = aUser();
  /** No call is answered before this. */
  opened: Promise<void> = Promise.resolve();

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

const calls = ["list", "page", "changes", "unreadCount", "one", "setRead", "markAllRead", "remove"] as const;

/** For each test of a file. @returns the stage of the test that runs */
export function withInboxStage(): () => InboxStage {
  withApi();
  let stage: InboxStage;
  beforeEach(() => {
    stage = new InboxStage();
    const { gateway, inbox } = stage;
    const Opened = function (url: string, protocols: string[]) {
      return gateway.open(url, protocols);
    };
    vi.stubGlobal("WebSocket", Object.assign(Opened, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }));
    const answers = inbox as unknown as Record<string, (...args: unknown[]) => Promise<never>>;
    for (const call of calls) {
      const answer = (...args: unknown[]) => stage.opened.then(() => answers[call]?.(...args));
      vi.spyOn(NotificationService.prototype, call).mockImplementation(answer);
    }
  });
  return () => stage;
}
