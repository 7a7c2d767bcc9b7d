import { QueryClient, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { Refused } from "../client/rest/inboxApi";
import { PageHeading, PageFailure, PageLoading } from "./page";
import { useSessionState, type Session } from "./session";
import { demoApi } from "./demoApi";
import { networkMode } from "../sending/queries";

/** The demo's: no passwords, every user is free to choose. */
export function SignIn({ session }: { readonly session: Session }) {
  const { user } = useSessionState(session);
  const from = (useLocation().state as { from?: string } | null)?.from;
  const { data: people, error, isFetching, refetch } = usePeople();
  const isAbsent = error instanceof Refused && error.status === 404;
  if (user) {
    return <Navigate to={from ?? "/"} replace />;
  }
  return (
    <main className="sign-in">
      <p className="sign-in__product">Belfry</p>
      <PageHeading>Sign in</PageHeading>
      {isFetching && <PageLoading>Loading who can sign in…</PageLoading>}
      {!isFetching && error && !isAbsent && (
        <PageFailure retry={() => void refetch()}>The server cannot be reached at the moment.</PageFailure>
      )}
      {!isFetching && isAbsent && <SignInElsewhere />}
      {!isFetching && people && <SignInForm session={session} people={people} />}
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
              <bdi>{person.name}</bdi> <bdi className="sign-in__username">{person.username}</bdi>
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

/** Who can sign in here. No user has signed in yet, so there is no provider with queries of its own. */
function usePeople() {
  const [queries] = useState(() => new QueryClient());
  return useQuery(
    { queryKey: ["people"], queryFn: demoApi.people, retry: false, refetchOnWindowFocus: false, networkMode },
    queries,
  );
}

const example = `<NotificationProvider
  baseUrl="https://notify.example.org"
  getToken={(ending) => session.token(ending)}
  onSignInRequired={() => session.signIn()}
>
  <NotificationBell historyHref="/notifications" />
</NotificationProvider>`;

/** What this page says on an installation that is no demo. */
function SignInElsewhere() {
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
