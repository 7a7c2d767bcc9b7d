// The rows of a list as they are in the document: each an `li` that says its place. Of a long list only some are there.

/** The row that an element is in. */
export function rowOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>("li[data-index]");
}

/** From 0 on. */
export function placeOf(row: HTMLElement): number {
  return Number(row.dataset.index);
}

export function rowAt(list: Element, place: number): HTMLElement | null {
  return list.querySelector<HTMLElement>(`li[data-index="${place}"]`);
}

/** What can take the focus in a row; the first stands for all of it. */
export function partsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("a[href], button")];
}
