import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ConnectionStatus } from "./ConnectionStatus";
import { NotificationList } from "../history/list/NotificationList";
import { withInboxStage } from "../testing/inboxStage";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { RelativeTime } from "../ui/RelativeTime";
import { serverClock } from "../client/wire/serverClock";

const stage = withInboxStage();

/** As Chromium's translation does it: each text goes into an element of its own, which React does not know. */
function translate(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as CharacterData;
    const wrapped = document.createElement("span");
    text.replaceWith(wrapped);
    wrapped.append(text.data);
    texts.currentNode = wrapped.firstChild ?? wrapped;
  }
}

describe("a page that the browser translated", () => {
  it("says how it is connected", async () => {
    const { container } = await stage().show(<ConnectionStatus />);
    translate();
    stage().cut();
    expect(container.textContent).toContain("Reconnecting");
    expect(container.textContent).not.toContain("Live");
    await stage().wait(1_000);
    await stage().connect();
    await stage().wait(9_000);
    translate();
    await stage().reconnect(1_000);
    expect(container.textContent).toContain("Live");
    expect(container.textContent).not.toContain("Reconnecting");
  });

  it("says how many are new", async () => {
    stage().inbox.add();
    await stage().show(<NotificationList historyHref="/n" isHolding />);
    stage().inbox.add();
    translate();
    stage().inbox.add();
    const button = screen.getByRole("button", { name: "Show 2 new notifications" });
    expect(button.textContent).toBe("2 new");
  });
});

it("a part that cannot be rendered leaves the rest, and offers a reload", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const Broken = () => {
    throw new Error("no such node");
  };
  await stage().show(
    <>
      <p>the rest</p>
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>
    </>,
  );
  expect(screen.getByText("the rest")).toBeVisible();
  expect(screen.getByRole("button", { name: "Reload" })).toBeVisible();
});

it("times are told by the server's clock, however wrong that of the reader is", async () => {
  const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const { container } = await stage().show(<RelativeTime at={threeHoursAgo} />);
  expect(container.textContent).toContain("3 hours ago");
  act(() => stage().gateway.latest.welcome({ time: threeHoursAgo }));
  expect(container.textContent).toContain("just now");
  act(() => serverClock.hear(new Date().toISOString()));
  expect(container.textContent).toContain("3 hours ago");
});
