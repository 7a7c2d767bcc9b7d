import { useEffect, useRef, useState, type RefObject } from "react";

/** Whether the beginning of something is scrolled out of view, in whatever scrolls. @returns for an element at its beginning */
export function useIsScrolled(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const beginning = useRef<HTMLDivElement>(null);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    if (!beginning.current || !("IntersectionObserver" in window)) {
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1);
      if (entry) {
        // Below the view is not scrolled.
        setScrolled(!entry.isIntersecting && entry.boundingClientRect.top < (entry.rootBounds?.top ?? 0));
      }
    });
    observer.observe(beginning.current);
    return () => observer.disconnect();
  }, []);
  return [beginning, isScrolled];
}
