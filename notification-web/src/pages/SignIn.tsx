import { useId, useState, useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import { Refused } from "../client/rest/inboxApi";
import { PageHeading, PageFailure, PageLoading } from "./page";
import type { Session } from "./session";
import { useSessionState } from "./SignedIn";
import { demoApi, type Person } from "./demoApi";

/** The demo's: no passwords, every user is free to choose. */
export function SignIn({ session }: { readonly session: Session }) {
  const { user } = useSessionState(session);
  const from = (useLocation().state as { from?: string } | null)?.from;
  const { people, retry } = usePeople();
  if (user) {
    return <Navigate to={from ?? "/"} replace />;
  }
  return (
    <main className="sign-in">
      <p className="sign-in__product">Belfry</p>
      <PageHeading>Sign in</PageHeading>
      {people.state === "loading" && <PageLoading>Loading who can sign in…</PageLoading>}
      {people.state === "error" && <PageFailure retry={retry}>The server cannot be reached at the moment.</PageFailure>}
      {people.state === "absent" && <SignInElsewhere />}
      {people.state === "ready" && <SignInForm session={session} people={people.people} />}
    </main>
  );
}

interface SignInFormProps {
  readonly session: Session;
  readonly people: readonly { readonly username: string; readonly name: string }[];
}

function SignInForm({ session, people }: SignInFormProps) {
  const id = useId();
  const [username, setUsername] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const signIn = async (name: string) => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await session.signIn(name);
    } catch (error) {
      setFailure(
        error instanceof Refused && error.status === 401
          ? `Nobody here is called “${name}”.`
          : "Signing in did not work: the server cannot be reached. Try again.",
      );
      setBusy(false);
    }
  };
  return (
    <>
      <p>This is a demo: choose who you are. To see both sides, take two windows and be two people.</p>
      <ul className="sign-in__people">
        {people.map((person) => (
          <li key={person.username}>
            <button
              type="button"
              className="belfry-button sign-in__person"
              aria-disabled={isBusy}
              onClick={() => void signIn(person.username)}
            >
              <span>{person.name}</span> <span className="sign-in__username">{person.username}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="sign-in__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void signIn(username.trim());
        }}
      >
        <label className="belfry-field__label" htmlFor={id}>
          Or by username
        </label>
        <div className="sign-in__line">
          <input
            id={id}
            className="belfry-field__input"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            aria-describedby={`${id}-failure`}
            onChange={(event) => setUsername(event.target.value)}
          />
          <button type="submit" className="belfry-button belfry-button--primary" aria-disabled={isBusy}>
            {isBusy ? "Signing in…" : "Sign in"}
          </button>
        </div>
        <p className="sign-in__failure" role="alert" id={`${id}-failure`}>
          {failure}
        </p>
      </form>
    </>
  );
}

export type People =
  | { readonly state: "loading" | "error" }
  /** This installation has no sign-in of its own: a platform has. */
  | { readonly state: "absent" }
  | { readonly state: "ready"; readonly people: readonly Person[] };

/** Who can sign in here. */
export function usePeople(): { readonly people: People; readonly retry: () => void } {
  const [turn, setTurn] = useState(0);
  const [people, setPeople] = useState<People>({ state: "loading" });
  useEffect(() => {
    let isOver = false;
    const show = (next: People) => {
      if (!isOver) {
        setPeople(next);
      }
    };
    demoApi.people().then(
      (all) => show({ state: "ready", people: all }),
      (error: unknown) => show({ state: error instanceof Refused && error.status === 404 ? "absent" : "error" }),
    );
    return () => {
      isOver = true;
    };
  }, [turn]);
  const retry = () => {
    setPeople({ state: "loading" });
    setTurn(turn + 1);
  };
  return { people, retry };
}

const example = `<NotificationProvider
  baseUrl="https://notify.example.org"
  getToken={(ending) => session.token(ending)}
  onSignInRequired={() => session.signIn()}
>
  <NotificationBell historyHref="/notifications" />
</NotificationProvider>`;

/** What this page says on an installation that is no demo. */
export function SignInElsewhere() {
  return (
    <>
      <p>
        This installation has no sign-in of its own: your learning platform signs people in and gives Belfry their
        tokens. These pages are the demo; in production, put the components into your own:
      </p>
      {/* It scrolls, so it must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="sign-in__example belfry-focusable" tabIndex={0} role="region" aria-label="Example">
        <code>{example}</code>
      </pre>
      <p>
        The tokens are JSON Web Tokens of the key that the operator sets (<code>BELFRY_JWT_SECRET</code>,{" "}
        <code>BELFRY_JWT_PUBLIC_KEY</code> or <code>BELFRY_JWT_JWKS_URL</code>).
      </p>
    </>
  );
}
