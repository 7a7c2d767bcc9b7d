import { useMemo, useState } from "react";
import type { Notification } from "../../client/wire/notification";

export interface HeldList {
  /** The same array as long as it holds the same. */
  readonly shown: readonly Notification[];
  /** How many came since, and wait to be shown. */
  readonly heldCount: number;
  /** Shows them. */
  readonly reveal: () => void;
}

/**
 * Keeps what is being read in its place: while `isHolding`, what enters the inbox is held back and counted. In a list
 * that has been empty there is nothing to be moved, and what comes is shown.
 *
 * @param all newest first
 * @param isReady false while `all` is not known yet
 */
export function useHeldList(all: readonly Notification[], isReady: boolean, isHolding: boolean): HeldList {
  /** Which was the newest when holding began, 0 = there was none; null = nothing is held. */
  const [newestShown, setNewestShown] = useState<number | null>(null);
  const newest = all[0]?.added_seq ?? 0;
  if (!isHolding && newestShown !== null) {
    setNewestShown(null);
  } else if (isHolding && isReady && (newestShown === null || (newestShown === 0 && newest > 0))) {
    setNewestShown(newest);
  }
  const limit = isHolding && newestShown ? newestShown : Infinity;
  const shown = useMemo(
    () => (limit < newest ? all.filter((item) => item.added_seq <= limit) : all),
    [all, limit, newest],
  );
  return { shown, heldCount: all.length - shown.length, reveal: () => setNewestShown(newest) };
}
