import { flushSync } from "react-dom";
import { vi } from "vitest";

/** What is not laid out yet is estimated to be as high. */
export const ROW_PX = 92;

/** A page of 800 pixels that holds a list and nothing above it, all rows of one height; jsdom lays nothing out. */
export class FakeLayout {
  constructor() {
    vi.stubGlobal("innerHeight", 800);
    vi.stubGlobal("scrollY", 0);
    // As in browsers, nothing hears of it before it is done.
    vi.stubGlobal("scrollTo", ({ top }: { top: number }) => setTimeout(() => this.scroll(top)));
    vi.stubGlobal("CSS", { supports: () => true });
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe(): void {}
        unobserve(): void {}
        disconnect(): void {}
      },
    );
    vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(100_000);
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
      return this.matches("li") ? new DOMRect(0, 0, 400, ROW_PX) : new DOMRect(0, -window.scrollY, 400, 0);
    });
  }

  /** @param top in pixels from the beginning of the page */
  readonly scroll = (top: number): void =>
    flushSync(() => {
      vi.stubGlobal("scrollY", top);
      window.dispatchEvent(new Event("scroll"));
    });
}
