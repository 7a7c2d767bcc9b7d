import { act, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { serverClock } from "../client/wire/serverClock";
import { ConnectionStatus } from "./ConnectionStatus";

const stage = withInboxStage();
const text = () =>
  screen.getByText(/Live|live|Connecting|Reconnecting|Checking|Offline|signed out/).closest("p")?.textContent;

it("says that it is live, until when all is here while it is not, and for a while that nothing came", async () => {
  // Without waiting for a random moment.
  vi.spyOn(Math, "random").mockReturnValue(0);
  await stage().show(<ConnectionStatus />);
  expect(text()).toBe("Live");
  expect(screen.queryByRole("button")).toBeNull();
  // The bell has a live region for everything.
  expect(screen.queryByRole("status")).toBeNull();
  stage().cut();
  expect(text()).toMatch(/^Reconnecting… · up to date as of 10:42/);
  await stage().connect();
  await stage().wait(100);
  expect(text()).toBe("Live · caught up, nothing new");
  await stage().wait(8_000);
  expect(text()).toBe("Live");
});

it("tells times by the server's clock, an hour off from the reader's", async () => {
  await stage().show(<ConnectionStatus />);
  stage().cut();
  await stage().wait(1_000);
  const time = new Date(Date.now() - 3_600_000).toISOString();
  act(() => stage().gateway.latest.welcome({ ...stage().inbox.numbers(), time }));
  stage().cut();
  expect(text()).toMatch(/^Reconnecting… · up to date as of 0?9:42/);
  act(() => serverClock.hear(Date.now()));
});

it("says that it checks every minute, and when it did, where sockets are blocked", async () => {
  await stage().show(<ConnectionStatus />);
  stage().cut();
  await stage().wait(61_000);
  stage().cut();
  expect(text()).toMatch(/^Checking every minute · last checked 10:4[23]/);
  expect(screen.queryByRole("button")).toBeNull();
});

it.each([
  [4510, "You are signed out. Reload the page to sign in again."],
  [4509, "No longer live. Reload the page to see what is new."],
  [4500, "No longer live. Reload the page to see what is new."],
])("after close code %i says what to do", async (code, words) => {
  const onReload = vi.fn();
  await stage().show(<ConnectionStatus onReload={onReload} />);
  stage().cut(code);
  expect(text()).toBe(words);
  await stage().user.click(screen.getByRole("button", { name: "Reload" }));
  expect(onReload).toHaveBeenCalledOnce();
});
