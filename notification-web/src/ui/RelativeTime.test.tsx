import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { NOW } from "../testing/belfry";
import { withInboxStage } from "../testing/inboxStage";
import { RelativeTime } from "./RelativeTime";

const stage = withInboxStage();
const before = (ms: number) => new Date(NOW.getTime() - ms).toISOString();

it("says how long ago, and exactly when beside the pointer and to screen readers", async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
  await stage().show(<RelativeTime at={before(300_000)} />);
  const time = screen.getByTitle("24 Nov 2026, 10:37");
  expect(time).toHaveTextContent("5 minutes ago, 24 Nov 2026, 10:37");
  expect(time).toHaveAttribute("datetime", before(300_000));
});

it("is kept up to date by one clock for all, which stops with the last of them", async () => {
  const { rerender } = await stage().show(<RelativeTime at={before(30_000)} />);
  const clocks = vi.getTimerCount();
  rerender(
    <>
      {Array.from({ length: 50 }, (_, index) => (
        <RelativeTime key={index} at={before(30_000)} />
      ))}
    </>,
  );
  expect(vi.getTimerCount()).toBe(clocks);
  expect(screen.getAllByText(/^just now/)).toHaveLength(50);
  await stage().wait(60_000);
  expect(screen.getAllByText(/^1 minute ago/)).toHaveLength(50);
  const running = vi.getTimerCount();
  rerender(null);
  expect(vi.getTimerCount()).toBe(running - 1);
});

it("says nothing of what is no time", async () => {
  await stage().show(<RelativeTime at="soon" />);
  expect(screen.queryByRole("time")).toBeNull();
});

it("needs a provider, and says so", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  expect(() => render(<RelativeTime at={before(0)} />)).toThrow("must be used inside a NotificationProvider");
});
