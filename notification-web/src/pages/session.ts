import { useSyncExternalStore } from "react";
import { Refused } from "../client/rest/inboxApi";
import { Signal } from "../client/signal";
import { kept } from "../client/wire/kept";
import { z } from "../client/wire/schema";
import { demoApi, type Person, type SignedIn } from "./demoApi";

interface Tokens extends SignedIn {
  /** When the access token ends by this browser's clock, which need not be the server's; null = it does not say. */
  readonly accessEndsAt: number | null;
}

export type SessionState =
  | { readonly user: Person }
  /** `left`: they wanted to leave; `ended`: they have to sign in again. */
  | { readonly user: null; readonly reason: "new" | "left" | "ended" };

/** In sessionStorage, and written by this class alone. */
const keptTokens = kept("belfry:session", () => sessionStorage);

/** A token that ends within this time is renewed before it is used. */
const EARLY_MS = 30_000;

const claimsSchema = z.object({ exp: z.number(), iat: z.number() });

/**
 * Who is signed in in this tab, and their tokens: in sessionStorage, so that they end with the tab and two tabs can be
 * two people.
 */
export class Session {
  private readonly changed = new Signal<undefined>();
  private tokens = keptTokens.load() as Tokens | null;
  private current: SessionState = stateOf(this.tokens, "new");
  private refreshing: Promise<string | null> | null = null;

  readonly subscribe = (listener: () => void): (() => void) => this.changed.on(listener);

  readonly state = (): SessionState => this.current;

  readonly signIn = async (username: string): Promise<void> => {
    const answer = await demoApi.signIn(username);
    this.keep({ ...answer, accessEndsAt: endOf(answer.access) });
  };

  /** They want to leave. */
  readonly signOut = (): void => this.keep(null, "left");

  /** They have to sign in again. */
  readonly end = (): void => {
    if (this.tokens) {
      this.keep(null);
    }
  };

  /** As the provider asks for it: a token; a newer one than `ending`; null when there is none; rejects without a network. */
  readonly getToken = (ending?: string): Promise<string | null> => {
    if (!this.tokens) {
      return Promise.resolve(null);
    }
    const { access, accessEndsAt } = this.tokens;
    const isOver = accessEndsAt !== null && accessEndsAt - EARLY_MS <= Date.now();
    if (!isOver && access !== ending) {
      return Promise.resolve(access);
    }
    this.refreshing ??= this.renew(this.tokens).finally(() => (this.refreshing = null));
    return this.refreshing;
  };

  private async renew(old: Tokens): Promise<string | null> {
    try {
      const access = await demoApi.refresh(old.refresh);
      // Another user may have signed in meanwhile, or this one have left.
      if (this.tokens !== old) {
        return this.tokens?.access ?? null;
      }
      this.keep({ ...old, access, accessEndsAt: endOf(access) });
      return access;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      if (this.tokens === old) {
        this.keep(null);
      }
      return null;
    }
  }

  private keep(tokens: Tokens | null, reason: "left" | "ended" = "ended"): void {
    const isSameUser = tokens?.user.id === this.tokens?.user.id;
    this.tokens = tokens;
    keptTokens.save(tokens);
    if (!isSameUser) {
      this.current = stateOf(tokens, reason);
      this.changed.emit(undefined);
    }
  }
}

export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

function stateOf(tokens: Tokens | null, reason: "new" | "left" | "ended"): SessionState {
  return tokens ? { user: tokens.user } : { user: null, reason };
}

/** By its life and the time it came, as the browser's clock may be wrong. */
function endOf(token: string): number | null {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { exp, iat } = claimsSchema.parse(JSON.parse(atob(payload)));
    return Date.now() + (exp - iat) * 1000;
  } catch {
    return null;
  }
}
