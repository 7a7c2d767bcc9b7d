import { lazy, Suspense } from "react";
import { ErrorBoundary } from "./ErrorBoundary";

const LinkedText = lazy(async () => ({ default: (await import("./LinkedText")).LinkedText }));

/** Without one of these there is no address. */
const MAY_HAVE_ADDRESSES = /:\/\/|mailto:/i;

export interface MessageTextProps {
  readonly text: string;
  /** The only other hosts that an address may lead to: of another it is text; absent = any. */
  readonly linkHosts?: readonly string[] | undefined;
}

/** A message in full, addresses in it as links: text at once, links when what finds them is loaded. No other markup. */
export function MessageText({ text, linkHosts }: MessageTextProps) {
  return MAY_HAVE_ADDRESSES.test(text) ? (
    <ErrorBoundary fallback={text}>
      <Suspense fallback={text}>
        <LinkedText text={text} linkHosts={linkHosts} />
      </Suspense>
    </ErrorBoundary>
  ) : (
    text
  );
}
