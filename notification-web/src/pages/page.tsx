import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { Failure, Loading } from "../ui/PagedList";
import type { PageTexts } from "./catalogues/texts";
import { usePageTexts } from "./language";
import type { Routing } from "../ui/useLinks";

interface PageHeadingProps {
  readonly children: string;
  /** What the document is called, if not the same. */
  readonly title?: string | undefined;
}

/** The page's one first heading. It gives the document its title, and takes the focus when the page is come to by a link. */
export function PageHeading({ children, title = children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  // The first page of all is read from its beginning.
  const isComeTo = useHistoryState() !== null;
  useEffect(() => {
    document.title = `${title} · Belfry`;
  }, [title]);
  useEffect(() => {
    if (isComeTo) {
      heading.current?.focus();
    }
  }, [isComeTo, path]);
  return (
    <h1 className="page__heading belfry-focusable" tabIndex={-1} ref={heading}>
      <bdi>{children}</bdi>
    </h1>
  );
}

export function PageLoading({ children }: { readonly children: string }) {
  return <Loading text={children} skeleton="page__skeleton" />;
}

interface MeanwhileProps {
  /** What each says, by its name among the words of the pages. */
  readonly heading?: keyof PageTexts;
  readonly loading: keyof PageTexts;
}

/** In place of a page, or a part of one, that is being loaded. */
export function Meanwhile({ heading, loading }: MeanwhileProps) {
  const texts = usePageTexts();
  return (
    <>
      {heading && <PageHeading>{String(texts[heading])}</PageHeading>}
      <PageLoading>{String(texts[loading])}</PageLoading>
    </>
  );
}

interface PageFailureProps {
  readonly children: string;
  /** It is asked again without a press, too. */
  readonly isTried?: boolean;
  readonly retry: () => void;
}

export function PageFailure({ children, isTried = false, retry }: PageFailureProps) {
  const texts = usePageTexts();
  return <Failure text={children} note={isTried ? texts.triedAgain : undefined} label={texts.retry} retry={retry} />;
}

/** The api does not say whether something is not there or not yours, and neither does this. */
export function NotFound() {
  const texts = usePageTexts();
  return (
    <>
      <PageHeading>{texts.nothing}</PageHeading>
      <p>{texts.nothingText}</p>
      <p>
        <Link href="/" className="belfry-focusable">
          {texts.toCourses}
        </Link>
      </p>
    </>
  );
}

/** The id in an address, as the api takes it. @returns null if it cannot be one */
export function idOf(text: string | undefined): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text ?? "") ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}

/** How Belfry's links go through these pages. */
export function useRouting(): Routing {
  const [, navigate] = useLocation();
  return { historyHref: "/notifications", navigate };
}
