import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "./NotificationContext";
import { isFinal, useIsMissing } from "./useIsMissing";

interface PagedListProps<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly results: readonly T[] }>>;
  readonly texts: {
    readonly loading: string;
    readonly error: string;
    readonly empty: string;
    readonly more: string;
    readonly moreLoading: string;
    readonly moreError: string;
    readonly retry: string;
  };
  /** How the list, what stands in its place, and the line about its being empty look. */
  readonly classes: { readonly list: string; readonly skeleton: string; readonly empty: string };
  /** A list item for each. */
  readonly children: (item: T) => ReactNode;
}

/** What the api gives page by page. The focus goes to the first of those that were asked for: the button may be gone. */
export function PagedList<T>({ query, texts, classes, children }: PagedListProps<T>) {
  const items = query.data?.pages.flatMap((page) => page.results) ?? [];
  const { triedAgain } = useTexts().inbox;
  const isMissing = useIsMissing(query);
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number | null>(null);
  useEffect(() => {
    if (firstNew.current !== null && items.length > firstNew.current) {
      const item = list.current?.children.item(firstNew.current);
      item?.querySelector<HTMLElement>("a, [tabindex]")?.focus();
      firstNew.current = null;
    }
  }, [items.length]);
  const showMore = async () => {
    firstNew.current = items.length;
    const { isError } = await query.fetchNextPage();
    if (isError) {
      firstNew.current = null;
    }
  };
  if (isMissing) {
    const note = isFinal(query.error) ? undefined : triedAgain;
    return <Failure text={texts.error} note={note} label={texts.retry} retry={() => void query.refetch()} />;
  }
  if (!query.data) {
    return <Loading text={texts.loading} skeleton={classes.skeleton} />;
  }
  if (items.length === 0) {
    return <p className={classes.empty}>{texts.empty}</p>;
  }
  return (
    <>
      <ul className={classes.list} ref={list}>
        {items.map(children)}
      </ul>
      {query.isFetchNextPageError ? (
        <Failure text={texts.moreError} label={texts.retry} retry={() => void showMore()} />
      ) : (
        query.hasNextPage && (
          <button
            type="button"
            className="belfry-button"
            aria-disabled={query.isFetchingNextPage}
            onClick={() => void showMore()}
          >
            {query.isFetchingNextPage ? texts.moreLoading : texts.more}
          </button>
        )
      )}
    </>
  );
}

export function Loading({ text, skeleton }: { readonly text: string; readonly skeleton: string }) {
  return (
    <div role="status" aria-busy>
      <span className="belfry-visually-hidden">{text}</span>
      <div className={`belfry-skeleton ${skeleton}`} />
      <div className={`belfry-skeleton ${skeleton}`} />
    </div>
  );
}

interface FailureProps {
  readonly text: string;
  /** What happens next. */
  readonly note?: string | undefined;
  /** Of the button. */
  readonly label: string;
  readonly retry: () => void;
}

export function Failure({ text, note, label, retry }: FailureProps) {
  return (
    <div className="belfry-alert" role="alert">
      <p>
        <span>{text}</span>
        {note && <span> {note}</span>}
      </p>
      <button type="button" className="belfry-button" onClick={retry}>
        {label}
      </button>
    </div>
  );
}
