import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { NotificationList } from "../history/list/NotificationList";
import { aUser, api, later, never, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { useInboxClient } from "../ui/NotificationContext";
import { ConnectionStatus } from "./ConnectionStatus";

withApi();

const list = () =>
  HttpResponse.json({ ...answers.page([answers.notification({ title: "Moved" })]), ...answers.numbers });

describe("while it is not known whose inbox it is", () => {
  const me = (answer: () => Response | Promise<Response>) => api.use(http.get("*/api/me/", answer));
  const status = () => document.querySelector(".belfry-connection__text")?.textContent;
  const inbox = (
    <>
      <NotificationList historyHref="/n" />
      <ConnectionStatus />
    </>
  );

  it.each([
    ["gives no answer", never, "trying again"],
    ["is down", () => answers.problem(503, "unavailable", {}, { "Retry-After": "9" }), "next try at 10:42:0"],
    ["is not there", () => HttpResponse.error(), "next try at 10:42:0|trying again"],
  ])("the reader hears within five seconds that the api %s, and what comes next", async (_, answer, next) => {
    vi.spyOn(Math, "random").mockReturnValue(0.99);
    me(answer);
    renderInside(inbox);
    await later(5_000);
    expect(status()).toMatch(new RegExp(`^The server cannot be reached · (${next})`, "i"));
    expect(screen.getByRole("alert")).toHaveTextContent("Your notifications cannot be shown at the moment.");
  });

  it("tries when it is asked to, and shows the list", async () => {
    me(() => answers.problem(503, "unavailable", {}, { "Retry-After": "60" }));
    api.use(http.get("*/api/notifications/", list));
    renderInside(inbox);
    const button = await screen.findByRole("button", { name: "Try now" });
    me(() => HttpResponse.json(answers.me()));
    await aUser().click(button);
    expect(await screen.findByText("Moved")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Try now" })).not.toBeInTheDocument();
  });

  it("says that the network is gone, and goes on when it is back", async () => {
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    me(() => HttpResponse.error());
    renderInside(inbox);
    await screen.findByText("Offline");
    online.mockReturnValue(true);
    me(() => HttpResponse.json(answers.me()));
    window.dispatchEvent(new Event("online"));
    expect(await screen.findByText("Connecting…")).toBeVisible();
  });

  it.each([403, 404])("says that the api refuses (%i), and does not knock for ever", async (code) => {
    let asked = 0;
    me(() => {
      asked++;
      return answers.problem(code, "refused");
    });
    renderInside(inbox);
    expect(await screen.findByText("Your notifications cannot be shown: the server refuses.")).toBeVisible();
    await later(60_000);
    expect(asked).toBe(1);
    await aUser().click(screen.getByRole("button", { name: "Try now" }));
    await vi.waitFor(() => expect(asked).toBe(2));
  });

  it("says that the sign-in has ended, to the platform once", async () => {
    const onSignInRequired = vi.fn();
    me(() => answers.problem(401, "unauthorized"));
    renderInside(inbox, { onSignInRequired });
    expect(await screen.findByText("You are signed out. Reload the page to sign in again.")).toBeVisible();
    expect(onSignInRequired).toHaveBeenCalledOnce();
  });
});

describe("a user whose notifications are kept", () => {
  const inbox = (
    <>
      <NotificationList historyHref="/n" />
      <ConnectionStatus />
      <Forget />
    </>
  );
  function Forget() {
    const { forget } = useInboxClient();
    return <button onClick={forget}>Forget</button>;
  }
  const down = () =>
    api.use(
      http.get("*/api/me/", () => HttpResponse.error()),
      http.get("*/api/notifications/*", () => HttpResponse.error()),
    );

  beforeEach(async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    api.use(http.get("*/api/notifications/", list));
    const { unmount } = renderInside(inbox, { keepFor: 2 });
    await screen.findByText("Moved");
    unmount();
    down();
  });

  it("sees the last ones without a network, and of when they are", async () => {
    renderInside(inbox, { keepFor: 2 });
    expect(await screen.findByText("Moved")).toBeVisible();
    expect(document.querySelector(".belfry-connection__text")).toHaveTextContent(/^Offline · up to date as of 10:42/);
  });

  it("goes on with them when the network is back", async () => {
    renderInside(inbox, { keepFor: 2 });
    await screen.findByText("Moved");
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
    const { seq, unread, epoch } = answers.numbers;
    const notifications = [answers.notification({ id: 9002, title: "Newer", added_seq: 19 })];
    api.use(
      http.get("*/api/me/", () => HttpResponse.json(answers.me())),
      http.get("*/api/notifications/unread_count/", () =>
        HttpResponse.json({ unread_count: unread, seq: seq + 1, epoch }),
      ),
      http.get("*/api/notifications/changes/", () =>
        HttpResponse.json({ seq: seq + 1, unread, epoch, notifications, deleted: [], reset: false }),
      ),
    );
    window.dispatchEvent(new Event("online"));
    expect(await screen.findByText("Newer")).toBeVisible();
    expect(screen.getByText("Moved")).toBeVisible();
  });

  it.each([
    ["another user", { keepFor: 3 }],
    ["a platform that keeps nothing", {}],
  ])("is seen by none else: %s", async (_, props) => {
    renderInside(inbox, props);
    await later(5_000);
    expect(screen.queryByText("Moved")).not.toBeInTheDocument();
    expect(localStorage).toHaveLength("keepFor" in props ? 0 : 1);
  });

  it.each([
    ["with the last ones shown", () => screen.findByText("Moved")],
    ["while nothing is known", () => Promise.resolve()],
  ])("leaves nothing behind by signing out %s", async (_, shown) => {
    renderInside(inbox, { keepFor: 2 });
    await shown();
    await aUser().click(screen.getByRole("button", { name: "Forget" }));
    await later(5_000);
    expect(localStorage).toHaveLength(0);
  });

  it("leaves nothing behind by signing out before the first answers", async () => {
    let answer = () => {};
    const late = new Promise<void>((resolve) => (answer = resolve));
    api.use(
      http.get("*/api/me/", () => late.then(() => HttpResponse.json(answers.me()))),
      http.get("*/api/notifications/", list),
    );
    const { unmount } = renderInside(inbox, { keepFor: 2 });
    await aUser().click(screen.getByRole("button", { name: "Forget" }));
    answer();
    await later(5_000);
    unmount();
    expect(localStorage).toHaveLength(0);
  });

  it("leaves nothing behind where the sign-in has ended", async () => {
    api.use(http.get("*/api/me/", () => answers.problem(401, "unauthorized")));
    renderInside(inbox, { keepFor: 2 });
    await screen.findByText(/^You are signed out/);
    expect(localStorage).toHaveLength(0);
  });
});
