import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Notification } from "../../client/wire/notification";
import { useHeldList } from "./useHeldList";

/** Newest first; each is named by when it was added. */
const items = (...seqs: number[]) => seqs.map((seq) => ({ id: seq, added_seq: seq }) as Notification);

type Given = readonly [all: readonly Notification[], isHolding?: boolean, isReady?: boolean];

/** What a list shows, and how many it holds back, after it was given each of these in turn. */
function after(first: Given, ...further: readonly (Given | "reveal")[]) {
  const { result, rerender } = renderHook(
    ({ given: [all, isHolding = true, isReady = true] }) => useHeldList(all, isReady, isHolding),
    { initialProps: { given: first } },
  );
  for (const next of further) {
    if (next === "reveal") {
      act(() => result.current.reveal());
    } else {
      rerender({ given: next });
    }
  }
  return [result.current.shown.map((item) => item.added_seq), result.current.heldCount];
}

const free: Given = [items(5), false];
const five: Given = [items(5)];
const six: Given = [items(6, 5)];
const seven: Given = [items(7, 6, 5)];

it.each<[string, [Given, ...(Given | "reveal")[]], number[], number]>([
  ["holds what comes, and shows what is older", [[items(5, 3)], [items(9, 7, 5, 3, 2, 1)]], [5, 3, 2, 1], 2],
  ["holds it as long as it is there", [[items(5, 3)], [items(9, 7, 5, 3)], [items(9, 5, 3)]], [5, 3], 1],
  ["begins when the list is there, not before", [[items(), true, false], five, six], [5], 1],
  ["shows what it held when asked", [five, six, "reveal"], [6, 5], 0],
  ["holds what comes after that", [five, six, "reveal", seven], [6, 5], 1],
  ["holds nothing when it is told not to", [free, [items(6, 5), false]], [6, 5], 0],
  ["begins when it is told to", [[items(6, 5), false], six, seven], [6, 5], 1],
  ["shows all when it is told to stop", [six, seven, [items(7, 6, 5), false]], [7, 6, 5], 0],
  ["shows what comes into an empty list", [[items()], five], [5], 0],
  ["holds what follows that", [[items()], five, six], [5], 1],
  ["still holds when all that was shown is gone", [five, [items(6)]], [], 1],
])("a list that is read %s", (_, given, shown, heldCount) => expect(after(...given)).toEqual([shown, heldCount]));
