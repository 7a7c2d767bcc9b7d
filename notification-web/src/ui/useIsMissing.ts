import { useEffect, useState } from "react";
import { Refused, SignInRequired } from "../client/rest/inboxApi";

/** Asking again changes nothing. */
export const isFinal = (error: unknown): boolean => error instanceof Refused || error instanceof SignInRequired;

/** Then it is said that there is no answer, though one may still come. */
const LATE_MS = 4_000;

interface Query {
  readonly data: unknown;
  readonly errorUpdateCount: number;
}

/**
 * Whether a reader who waits for an answer is to be told that there is none: it failed, also while it is asked again, or it
 * takes long.
 */
export function useIsMissing({ data, errorUpdateCount }: Query): boolean {
  const isWaiting = data === undefined;
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = isWaiting ? setTimeout(() => setLate(true), LATE_MS) : undefined;
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isWaiting]);
  return isWaiting && (isLate || errorUpdateCount > 0);
}
