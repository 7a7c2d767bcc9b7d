import { useInsertionEffect, useRef, type RefObject } from "react";

/** The value of the latest render, for callbacks that are not to change with it. Not to be read while rendering. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
