import { useId, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { Refused } from "../client/rest/inboxApi";
import { PageHeading } from "./PageHeading";
import { PageFailure, PageLoading } from "./PageStates";
import type { Session } from "./session";
import { SignInElsewhere } from "./SignInElsewhere";
import { usePeople } from "./usePeople";
import { useSessionState } from "./useSessionState";

/** The demo's: no passwords, anyone may be anyone. */
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
