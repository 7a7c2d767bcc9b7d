import { act } from "@testing-library/react";
import { vi } from "vitest";

/** What is in view, as the test says; jsdom lays nothing out. */
export class FakeIntersection {
  private readonly observed = new Map<Element, (isInView: boolean, top: number) => void>();

  constructor() {
    const { observed } = this;
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        private readonly own: Element[] = [];
        constructor(private readonly callback: (entries: readonly object[]) => void) {}

        observe(element: Element): void {
          this.own.push(element);
          observed.set(element, (isIntersecting, top) =>
            this.callback([{ isIntersecting, boundingClientRect: { top }, rootBounds: { top: 0 } }]),
          );
        }

        disconnect(): void {
          this.own.forEach((element) => observed.delete(element));
        }
      },
    );
  }

  /** Something that is looked at comes into view, or goes out of it upwards. */
  set(isInView: boolean, selector = "*", top = isInView ? 100 : -100): void {
    act(() =>
      [...this.observed].filter(([element]) => element.matches(selector)).forEach(([, tell]) => tell(isInView, top)),
    );
  }

  get count(): number {
    return this.observed.size;
  }
}
