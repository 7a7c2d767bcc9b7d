import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { NotificationList } from "../history/list/NotificationList";
import { aUser, api, later, never, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
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
