import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { ConnectionStatus } from "./ConnectionStatus";

const stage = withInboxStage();
const text = () => screen.getByText(/Live|live|Connecting|Reconnecting|Offline|signed out/).closest("p")?.textContent;

function setOnline(isOnline: boolean): void {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(isOnline);
  act(() => {
    window.dispatchEvent(new Event(isOnline ? "online" : "offline"));
  });
}

describe("ConnectionStatus", () => {
  it("says that it is live, in no live region of its own: the bell has one for everything", async () => {
    await stage().show(<ConnectionStatus />);
    expect(text()).toBe("Live");
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("says until when all is here while it reconnects, and what came meanwhile", async () => {
    stage().inbox.add();
    await stage().show(<ConnectionStatus />);
    stage().cut();
    expect(text()).toMatch(/^Reconnecting… · up to date as of 10:42/);
    stage().inbox.fill(2);
    await stage().wait(1_000);
    await stage().connect();
    await stage().wait(1_000);
    expect(text()).toBe("Live · caught up, 2 new");
    await stage().wait(10_000);
    expect(text()).toBe("Live");
  });

  it("says that nothing came", async () => {
    // Without waiting for a random moment.
    vi.spyOn(Math, "random").mockReturnValue(0);
    await stage().show(<ConnectionStatus />);
    await stage().reconnect(100, 1012);
    await stage().wait(100);
    expect(text()).toBe("Live · caught up, nothing new");
  });

  it("says that the browser has no network", async () => {
    await stage().show(<ConnectionStatus />);
    setOnline(false);
    expect(text()).toMatch(/^Offline · up to date as of 10:42/);
    setOnline(true);
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
});
