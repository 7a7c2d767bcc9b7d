import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

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
    <h1 className="page__heading belfry-focusable" tabIndex={-1} ref={heading}>
      {children}
    </h1>
  );
}
