import { act, configure, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { NotificationProvider, type NotificationProviderProps } from "../ui/NotificationContext";
import { FakeGateway } from "./fakeSocket";
import { answers } from "./restAnswers";

export const API = "https://api.test";

/** A morning in the zone of the machine that runs the tests. */
export const NOW = new Date("2026-11-24T10:42:00");

/** The api, as far as the provider needs it: an empty inbox of a user in no course. A test adds what it is about. */
export const api = setupServer(
  http.get("*/api/me/", () => HttpResponse.json(answers.me())),
  http.get("*/api/courses/", () => HttpResponse.json(answers.page([]))),
  http.get("*/api/notifications/", () => HttpResponse.json({ ...answers.page([]), seq: 0, unread: 0, epoch: "e-1" })),
  http.get("*/api/notifications/unread_count/", () => HttpResponse.json({ unread_count: 0, seq: 0, epoch: "e-1" })),
);

const timers = ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;
// With frames: one that jsdom still owes at the end of a test would hold back all later ones.
const clocks = [...timers, "Date", "requestAnimationFrame", "cancelAnimationFrame"] as const;

/** For each test of a file: the api, a gateway that does not answer, nothing stored, and clocks that run and can be moved. */
export function withApi(): void {
  // What takes a moment here takes many on a machine that has other things to do.
  configure({ asyncUtilTimeout: 5_000 });
  vi.setConfig({ testTimeout: 20_000 });
  beforeAll(() => api.listen({ onUnhandledRequest: "error" }));
  beforeEach(() => {
    vi.stubGlobal("WebSocket", new FakeGateway().webSocket);
    vi.useFakeTimers({ shouldAdvanceTime: true, now: NOW, toFake: [...clocks] });
    localStorage.clear();
    sessionStorage.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
    api.resetHandlers();
  });
  afterAll(() => api.close());
}

/** The component inside a provider, as a platform has it. */
export function renderInside(ui: ReactNode, props: Partial<NotificationProviderProps> = {}) {
  const inside = (inner: ReactNode) => (
    <NotificationProvider baseUrl={API} getToken={() => Promise.resolve("t1")} onSignInRequired={() => {}} {...props}>
      {inner}
    </NotificationProvider>
  );
  const { rerender, ...rest } = render(inside(ui));
  return { ...rest, rerender: (next: ReactNode) => rerender(inside(next)) };
}

/** The answer of an api that gives none. */
export const never = () => delay("infinite").then(() => HttpResponse.error());

/** So much time passes. */
export const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

/** A keyboard and a pointer, under the clocks of {@link withApi}. */
export const aUser = () => userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
