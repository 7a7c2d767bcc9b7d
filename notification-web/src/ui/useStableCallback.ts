import { useCallback, useInsertionEffect, useRef } from "react";

/** A function that stays the same over all renders and does what the latest one does. Not to be called while rendering. */
export function useStableCallback<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  const latest = useRef(callback);
  useInsertionEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
