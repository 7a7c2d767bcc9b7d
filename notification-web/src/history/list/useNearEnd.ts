import { useEffect, useRef, type RefObject } from "react";
import { useStableCallback } from "../../ui/useStableCallback";

/**
 * Calls when the end of a list comes into view.
 *
 * @param isArmed false while there is nothing to be done about it; armed again, it looks again
 * @returns for an element over the list's last part
 */
export function useNearEnd(isArmed: boolean, onNear: () => void): RefObject<HTMLDivElement | null> {
  const sentinel = useRef<HTMLDivElement>(null);
  const near = useStableCallback(onNear);
  useEffect(() => {
    if (!isArmed || !sentinel.current || !("IntersectionObserver" in window)) {
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        near();
      }
    });
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [isArmed, near]);
  return sentinel;
}
