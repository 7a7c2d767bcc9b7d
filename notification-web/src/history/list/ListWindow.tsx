import {
  defaultRangeExtractor,
  useVirtualizer,
  useWindowVirtualizer,
  type Range,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useSyncExternalStore } from "react";
import type { Notification } from "../../client/wire/notification";

/** A row that is in the document, with the room of those before and after it that are not, in pixels. */
export interface ShownRow {
  readonly place: number;
  readonly before: number;
  readonly after: number;
}

/** Never changed: a new one is made when something changes. */
export interface Shown {
  readonly rows: readonly ShownRow[];
  /** For each row in the document: its height counts, and is an estimate until then. */
  readonly measure: (row: HTMLElement | null) => void;
  /** Brings a row into view that is not in it. */
  readonly scrollTo: (place: number) => void;
}

interface ListWindowProps {
  /** What the rows are in. */
  readonly list: HTMLElement;
  readonly entries: readonly Notification[];
  /** The place of the row that stays in the document wherever the reader scrolls. */
  readonly kept: number;
  readonly onChange: (shown: Shown) => void;
}

/** Decides which rows of a long list are in the document: those in view of whatever scrolls, and some around them. Shows nothing. */
export function ListWindow(props: ListWindowProps) {
  const scroller = scrollerOf(props.list);
  return scroller ? <InElement scroller={scroller} {...props} /> : <InPage {...props} />;
}

function InPage(props: ListWindowProps) {
  const options = useOptions(props, () => window.scrollY);
  return useShown(useWindowVirtualizer<HTMLElement>(options), props);
}

function InElement({ scroller, ...props }: ListWindowProps & { readonly scroller: HTMLElement }) {
  const options = useOptions(props, () => scroller.scrollTop - scroller.getBoundingClientRect().top);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it is kept: each change is told anew
  return useShown(useVirtualizer<HTMLElement, HTMLElement>({ ...options, getScrollElement: () => scroller }), props);
}

/** Two lines of a message; what is more is measured. */
const ESTIMATE_PX = 92;

/** Rows above and below what is in view. */
const OVERSCAN = 5;

/** @param scrolled by how much what is scrolled lies above the top of the view, in pixels */
function useOptions({ list, entries, kept }: ListWindowProps, scrolled: () => number) {
  // What is above the list comes and goes.
  const scrollMargin = useSyncExternalStore(onLayout, () => Math.round(list.getBoundingClientRect().top + scrolled()));
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), kept])].sort((one, other) => one - other),
    [kept],
  );
  const getItemKey = useCallback((place: number) => entries[place]?.id ?? place, [entries]);
  return {
    count: entries.length,
    estimateSize: () => ESTIMATE_PX,
    overscan: OVERSCAN,
    measureElement: (row: HTMLElement) => row.getBoundingClientRect().height,
    scrollMargin,
    rangeExtractor,
    getItemKey,
  };
}

function onLayout(listener: () => void): () => void {
  const observer = new ResizeObserver(listener);
  observer.observe(document.body);
  return () => observer.disconnect();
}

function useShown<S extends Element | Window>(virtualizer: Virtualizer<S, HTMLElement>, props: ListWindowProps): null {
  const { onChange } = props;
  const items = virtualizer.getVirtualItems();
  const { scrollMargin } = virtualizer.options;
  const end = scrollMargin + virtualizer.getTotalSize();
  useLayoutEffect(() => {
    // Where the browser keeps what is being read in its place, nothing else may do it too.
    const isAnchored = CSS.supports("overflow-anchor", "auto");
    Object.assign(virtualizer, { shouldAdjustScrollPositionOnItemSizeChange: isAnchored ? () => false : undefined });
  }, [virtualizer]);
  useLayoutEffect(() => {
    const rows = items.map((item, at) => ({
      place: item.index,
      before: item.start - (items[at - 1]?.end ?? scrollMargin),
      after: at === items.length - 1 ? end - item.end : 0,
    }));
    onChange({
      rows,
      measure: virtualizer.measureElement,
      scrollTo: (place) => virtualizer.scrollToIndex(place),
    });
  }, [virtualizer, items, scrollMargin, end, onChange]);
  return null;
}

/** @returns null if the page itself scrolls */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  const { parentElement: parent } = element;
  if (!parent || parent === document.body || parent === document.documentElement) {
    return null;
  }
  return /auto|scroll/.test(getComputedStyle(parent).overflowY) ? parent : scrollerOf(parent);
}
