import { useEffect, useRef, useState } from "react";
import { useLocation, Link, useNavigate } from "react-router";
import { Failure, Loading } from "../ui/PagedList";
import type { Routing } from "../ui/useLinks";

/** The page's one first heading. It gives the document its title, and takes the focus when the page is come to by a link. */
export function PageHeading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  // The first page of all is read from its beginning.
  const [isComeTo] = useState(key !== "default");
  useEffect(() => {
    document.title = `${children} · Belfry`;
  }, [children]);
  useEffect(() => {
    if (isComeTo) {
      heading.current?.focus();
    }
  }, [isComeTo]);
  return (
    <h1 className="page__heading belfry-focusable" tabIndex={-1} ref={heading} dir="auto">
      {children}
    </h1>
  );
}

export function PageLoading({ children }: { readonly children: string }) {
  return <Loading text={children} skeleton="page__skeleton" />;
}

interface PageFailureProps {
  readonly children: string;
  readonly retry: () => void;
}

export function PageFailure({ children, retry }: PageFailureProps) {
  return <Failure text={children} label="Try again" retry={retry} />;
}

/** The api does not say whether something is not there or not yours, and neither does this. */
export function NotFound() {
  return (
    <>
      <PageHeading>Nothing here</PageHeading>
      <p>There is nothing at this address, or it is not yours to see.</p>
      <p>
        <Link to="/" className="belfry-focusable">
          To your courses
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
  const navigate = useNavigate();
  return { historyHref: "/notifications", navigate: (href) => void navigate(href) };
}
