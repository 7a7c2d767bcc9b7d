import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Notification } from "../../client/wire/notification";
import { useHeldList } from "./useHeldList";

/** Newest first; each is named by when it was added. */
const items = (...seqs: number[]) => seqs.map((seq) => ({ id: seq, added_seq: seq }) as Notification);

interface Given {
  readonly all: readonly Notification[];
  readonly isReady?: boolean;
  readonly isHolding?: boolean;
}

function held(first: Given) {
  const hook = renderHook(({ all, isReady = true, isHolding = true }: Given) => useHeldList(all, isReady, isHolding), {
    initialProps: first,
  });
  return {
    then: (given: Given) => hook.rerender(given),
    reveal: () => act(() => hook.result.current.reveal()),
    get shown() {
      return hook.result.current.shown.map((item) => item.added_seq);
    },
    get count() {
      return hook.result.current.heldCount;
    },
  };
}

describe("useHeldList", () => {
  it("holds what comes after it began, as long as it is there, and what is older goes on to be shown", () => {
    const list = held({ all: items(5, 3) });
    list.then({ all: items(9, 7, 5, 3, 2, 1) });
    expect(list.shown).toEqual([5, 3, 2, 1]);
    expect(list.count).toBe(2);
    list.then({ all: items(9, 5, 3, 2, 1) });
    expect(list.count).toBe(1);
  });

  it("begins when the list is there, not before", () => {
    const list = held({ all: [], isReady: false });
    list.then({ all: items(5) });
    expect(list.shown).toEqual([5]);
    list.then({ all: items(6, 5) });
    expect(list.shown).toEqual([5]);
  });

  it("shows them when asked, and holds what comes after that", () => {
    const list = held({ all: items(5) });
    list.then({ all: items(6, 5) });
    list.reveal();
    expect(list.shown).toEqual([6, 5]);
    list.then({ all: items(7, 6, 5) });
    expect(list.shown).toEqual([6, 5]);
    expect(list.count).toBe(1);
  });

  it("holds nothing when it is told not to", () => {
    const list = held({ all: items(5), isHolding: false });
    list.then({ all: items(6, 5), isHolding: false });
    expect(list.shown).toEqual([6, 5]);
    list.then({ all: items(6, 5) });
    list.then({ all: items(7, 6, 5) });
    expect(list.shown).toEqual([6, 5]);
    list.then({ all: items(7, 6, 5), isHolding: false });
    expect(list.shown).toEqual([7, 6, 5]);
    expect(list.count).toBe(0);
  });

  it("shows what comes into an empty list, and holds what follows", () => {
    const list = held({ all: [] });
    list.then({ all: items(5) });
    expect(list.shown).toEqual([5]);
    list.then({ all: items(6, 5) });
    expect(list.shown).toEqual([5]);
    expect(list.count).toBe(1);
  });

  it("still holds when all that was shown is gone", () => {
    const list = held({ all: items(5) });
    list.then({ all: items(6) });
    expect(list.shown).toEqual([]);
    expect(list.count).toBe(1);
  });
});
