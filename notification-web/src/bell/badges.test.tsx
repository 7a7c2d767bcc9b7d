import { describe, expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { AppBadge } from "./AppBadge";
import { FaviconBadge } from "./FaviconBadge";

const stage = withInboxStage();

describe("the application's badge", () => {
  it("has the exact number, and goes with the last unread and with the user", async () => {
    const shown: number[] = [];
    const setAppBadge = (unread: number) => Promise.resolve(void shown.push(unread));
    Object.assign(navigator, { setAppBadge, clearAppBadge: () => setAppBadge(0) });
    stage().inbox.fill(120);
    const { unmount } = await stage().show(<AppBadge />);
    expect(shown.at(-1)).toBe(120);
    const newest = stage().inbox.add();
    expect(shown.at(-1)).toBe(121);
    stage().inbox.readAll(newest);
    expect(shown.at(-1)).toBe(0);
    stage().inbox.add();
    unmount();
    expect(shown.slice(-2)).toEqual([1, 0]);
  });

  it("is no matter where the browser has none, or refuses it", async () => {
    Object.assign(navigator, {
      setAppBadge: () => Promise.reject(new Error("not installed")),
      clearAppBadge: undefined,
    });
    stage().inbox.add();
    const { unmount } = await stage().show(<AppBadge />);
    unmount();
    await stage().wait(0);
  });
});

describe("the badge on the page's icon", () => {
  const icon = () => document.querySelector<HTMLLinkElement>('link[rel~="icon"]');

  it("is drawn on it, anew with each number, and leaves the page its own", async () => {
    document.head.insertAdjacentHTML("beforeend", '<link rel="icon" type="image/svg+xml" href="/favicon.svg">');
    const written: string[] = [];
    const nothing = () => {};
    const draw = { drawImage: nothing, beginPath: nothing, arc: nothing, fill: nothing };
    const pen = { ...draw, fillText: (text: string) => written.push(text) };
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(pen as never);
    vi.spyOn(HTMLCanvasElement.prototype, "toDataURL").mockReturnValue("data:image/png;base64,AA==");
    // Pictures do not load here.
    vi.spyOn(HTMLImageElement.prototype, "src", "set").mockImplementation(function (this: HTMLImageElement) {
      this.onload?.(new Event("load"));
    });
    stage().inbox.fill(9);
    const { unmount } = await stage().show(<FaviconBadge />);
    expect(icon()).toMatchObject({ href: "data:image/png;base64,AA==", type: "image/png" });
    stage().inbox.fill(2);
    expect(written).toEqual(["9", "9+"]);
    unmount();
    expect(icon()).toMatchObject({ href: "http://localhost:3000/favicon.svg", type: "image/svg+xml" });
    icon()?.remove();
  });

  it("needs no icon", async () => {
    stage().inbox.add();
    const { unmount } = await stage().show(<FaviconBadge />);
    unmount();
  });
});
