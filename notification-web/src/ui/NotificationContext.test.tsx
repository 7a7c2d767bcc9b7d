import { act, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { api, later, renderInside, withApi } from "../testing/belfry";
import { FakeGateway } from "../testing/fakeSocket";
import { answers } from "../testing/restAnswers";
import type { ReportedError } from "../client/rest/episodes";
import { ErrorBoundary } from "./ErrorBoundary";
import { useNotifications } from "./useNotifications";

withApi();

const Titles = () => <p>{useNotifications().notifications.map(({ title }) => title)}</p>;

const list = () =>
  HttpResponse.json({ ...answers.page([answers.notification({ title: "Moved" })]), ...answers.numbers });

it("asks for the list beside who the user is, and once", async () => {
  const asked: string[] = [];
  let listed = () => {};
  const isListed = new Promise<void>((resolve) => (listed = resolve));
  api.use(
    http.get("*/api/me/", async () => {
      asked.push("me");
      await isListed;
      return HttpResponse.json(answers.me());
    }),
    http.get("*/api/notifications/", () => {
      asked.push("list");
      listed();
      return list();
    }),
  );
  renderInside(<Titles />);
  expect(await screen.findByText("Moved")).toBeVisible();
  await later(2_000);
  expect(asked.toSorted()).toEqual(["list", "me"]);
});

it("shows the list though its first question failed", async () => {
  let isFirst = true;
  api.use(
    http.get("*/api/notifications/", () => {
      const answer = isFirst ? answers.problem(503, "unavailable") : list();
      isFirst = false;
      return answer;
    }),
  );
  renderInside(<Titles />);
  await later(2_000);
  expect(await screen.findByText("Moved")).toBeVisible();
});

it("asks anew where to listen when the gateways that it knew serve other users", async () => {
  const gateway = new FakeGateway();
  vi.stubGlobal("WebSocket", gateway.webSocket);
  renderInside(<Titles />);
  await later(100);
  gateway.assertOpened(1);
  const elsewhere = "ws://gateway1.test/ws/notifications/";
  api.use(http.get("*/api/me/", () => HttpResponse.json({ ...answers.me(), websocket_url: elsewhere })));
  act(() => {
    gateway.latest.end(4421);
  });
  await later(2_000);
  expect(gateway.sockets.map(({ url }) => url)).toEqual([answers.me().websocket_url, elsewhere]);
});

describe("a platform that listens for errors", () => {
  const heard: ReportedError[] = [];
  const onError = (error: ReportedError) => heard.push(error);
  const kinds = () => heard.splice(0).map(({ kind, path }) => [kind, path?.replace(/[?].*/, "")]);
  const me = (answer: () => Response) => api.use(http.get("*/api/me/", answer));

  it("hears of each kind once, until it has gone well again", async () => {
    me(() => answers.problem(503, "unavailable"));
    renderInside(<Titles />, { onError });
    await later(9_000);
    expect(kinds()).toEqual([["unreachable", "/api/me/"]]);
    me(() => HttpResponse.json(answers.me()));
    await later(31_000);
    expect(kinds()).toEqual([]);
    api.use(http.get("*/api/notifications/unread_count/", () => HttpResponse.error()));
    await later(130_000);
    expect(kinds()).toEqual([["unreachable", "/api/notifications/unread_count/"]]);
  });

  it.each<[string, () => Response, ReportedError["kind"]]>([
    ["a refusal", () => answers.problem(403, "forbidden"), "refused"],
    ["an address without Belfry", () => answers.problem(404, "not_found"), "refused"],
    ["a token that is not taken", () => answers.problem(401, "unauthorized"), "bad_token"],
    ["an answer of another form", () => HttpResponse.json({ hello: "world" }), "unexpected_answer"],
  ])("hears of %s", async (_, answer, kind) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    me(answer);
    renderInside(<Titles />, { onError });
    await later(1_000);
    expect(kinds()).toContainEqual([kind, "/api/me/"]);
  });

  it("hears of a part that cannot be rendered, and does no harm when it throws", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const thrown = vi.fn();
    vi.stubGlobal("reportError", thrown);
    const Broken = () => {
      throw new Error("no such node");
    };
    const broken = (
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>
    );
    renderInside(broken, {
      onError: (error) => {
        heard.push(error);
        throw new Error("the platform's log is down");
      },
    });
    expect(await screen.findByRole("button", { name: "Reload" })).toBeVisible();
    expect(heard.splice(0)).toMatchObject([{ kind: "broken_render", error: { message: "no such node" } }]);
    expect(thrown).toHaveBeenCalledOnce();
  });
});
