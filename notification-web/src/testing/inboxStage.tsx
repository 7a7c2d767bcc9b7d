import { act, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { beforeEach, expect, vi } from "vitest";
import { NotificationService } from "../client/rest/notificationService";
import { aUser, later, renderInside, withApi } from "./belfry";
import { FakeGateway } from "./fakeSocket";
import { SimulatedInbox } from "./simulatedInbox";

/**
 * A student's inbox behind the page's components, provider and client: a fake gateway, and the api's answers, of an inbox
 * as the database keeps it. What happens to the inbox arrives over the socket.
 */
export class InboxStage {
  readonly gateway = new FakeGateway();
  // Not by `act`: one that comes while another settles ends both, and what React does next is complained of.
  readonly inbox = new SimulatedInbox((frame) => flushSync(() => this.gateway.announce(frame)));
  readonly user = aUser();
  readonly wait = later;

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

  /** The connection ends. */
  cut(code = 1006): void {
    act(() => this.gateway.latest.end(code));
  }

  /** A cut, and a new connection after so long. */
  async reconnect(ms: number, code = 1006): Promise<void> {
    this.cut(code);
    await this.wait(ms);
    await this.connect();
  }
}

const calls = ["list", "page", "changes", "unreadCount", "one", "setRead", "markAllRead", "remove"] as const;

/** For each test of a file. @returns the stage of the test that runs */
export function withInboxStage(): () => InboxStage {
  let stage: InboxStage;
  withApi();
  beforeEach(() => {
    stage = new InboxStage();
    vi.stubGlobal("WebSocket", stage.gateway.webSocket);
    const inbox = stage.inbox as unknown as Record<(typeof calls)[number], () => Promise<never>>;
    for (const call of calls) {
      vi.spyOn(NotificationService.prototype, call).mockImplementation(inbox[call]);
    }
  });
  return () => stage;
}
