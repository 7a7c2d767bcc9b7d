import { lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { kept } from "../client/wire/kept";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { usePageTexts } from "./language";
import { PageFailure } from "./page";

/** When this tab was last loaded anew by itself, in ms since 1970. */
const reloadedAt = kept("belfry:reloaded", () => sessionStorage);

/** Loading anew helps at once or not at all. */
const ONCE_MS = 60_000;

const ahead: (() => Promise<unknown>)[] = [];

/** Loads what has not been shown yet, so that neither a network that goes nor a deploy keeps it from being shown. */
export function loadAhead(): void {
  // Where it fails it is tried again when it is shown.
  ahead.splice(0).forEach((load) => void load().catch(() => {}));
}

/**
 * A part of a page that is loaded when it is shown. Its file may be gone, after a deploy: then the page is loaded anew, once, as
 * the new one has its own. If that does not help, a message stands in its place.
 *
 * @param meanwhile what stands in its place while it is loaded
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode,
): ComponentType<P> {
  ahead.push(load);
  const Part = lazy(async () => ({ default: await load().catch(loadAnew) })) as ComponentType<P>;
  return function LazyPart(props: P) {
    return (
      <ErrorBoundary fallback={<Broken />}>
        <Suspense fallback={meanwhile}>
          <Part {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

function Broken() {
  return <PageFailure retry={() => window.location.reload()}>{usePageTexts().partError}</PageFailure>;
}

/** @returns never, as the page ends */
function loadAnew(failure: unknown): Promise<never> {
  const last = reloadedAt.load();
  // Without a network nothing would come in place of what is still there.
  if (!navigator.onLine || (typeof last === "number" && Date.now() - last < ONCE_MS)) {
    throw failure;
  }
  reloadedAt.save(Date.now());
  window.location.reload();
  return new Promise(() => {});
}
