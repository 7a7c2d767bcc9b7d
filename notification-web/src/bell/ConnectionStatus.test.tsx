import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { ConnectionStatus } from "./ConnectionStatus";

const stage = withInboxStage();
const text = () => screen.getByText(/Live|live|Connecting|Reconnecting|Offline|signed out/).closest("p")?.textContent;

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
