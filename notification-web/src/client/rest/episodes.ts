import { Refused, SignInRequired, Unreachable } from "./inboxApi";

/** What a platform may want in its log. */
export interface ReportedError {
  readonly kind:
    /** No answer, or 5xx: Belfry tries again. */
    | "unreachable"
    /** The api says no. */
    | "refused"
    /** The api does not take the token that `getToken` gives. */
    | "bad_token"
    /** Not the form of the contract: another version, or not Belfry at all. */
    | "unexpected_answer"
    /** A part of the page is replaced by a message. */
    | "broken_render";
  readonly error: Error;
  /** Which call it was; absent for what is no call. */
  readonly path?: string;
}

/** Tells of calls that fail: each kind once, until it goes well again. */
export class Episodes {
  private readonly open = new Set<string>();

  constructor(private readonly tell: (error: ReportedError) => void) {}

  failed(error: unknown, path: string): void {
    const kind = kindOf(error, path);
    if (kind === null) {
      return;
    }
    const isOfAll = kind === "bad_token" || (error instanceof Unreachable && error.status === null);
    const episode = isOfAll ? kind : `${kind} ${callOf(path)}`;
    if (!this.open.has(episode)) {
      this.open.add(episode);
      this.tell({ kind, error: error as Error, path });
    }
  }

  answered(path: string): void {
    for (const episode of [...this.open]) {
      if (!episode.includes(" ") || episode.endsWith(` ${callOf(path)}`)) {
        this.open.delete(episode);
      }
    }
  }
}

/** @returns null for what is part of every day: one that was deleted, a user who has to sign in */
function kindOf(error: unknown, path: string): ReportedError["kind"] | null {
  if (error instanceof SignInRequired) {
    return error.isTokenRefused ? "bad_token" : null;
  }
  if (error instanceof Refused) {
    return error.status === 404 && path !== "/api/me/" ? null : "refused";
  }
  return error instanceof Unreachable ? "unreachable" : null;
}

/** The same for each id. */
const callOf = (path: string) => path.replace(/[?].*|\d+/g, "");
