import { useEffect, useRef } from "react";

/**
 * For a list with a button that shows more: moves the focus to the first new item, as the button may be gone.
 *
 * @param count how many items the list has
 */
export function useFirstNew(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number | null>(null);
  useEffect(() => {
    if (firstNew.current !== null && count > firstNew.current) {
      const item = list.current?.children.item(firstNew.current);
      item?.querySelector<HTMLElement>("a, [tabindex]")?.focus();
      firstNew.current = null;
    }
  }, [count]);
  const grow = (more: () => Promise<{ readonly isError: boolean }>) => {
    firstNew.current = count;
    void more().then(({ isError }) => {
      if (isError) {
        firstNew.current = null;
      }
    });
  };
  return { list, grow };
}
