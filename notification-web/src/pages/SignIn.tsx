import { QueryClient, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Redirect } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { Refused } from "../client/rest/inboxApi";
import { LanguageSwitch, usePageTexts } from "./language";
import { PageHeading, PageFailure, PageLoading } from "./page";
import { useSessionState, type Session } from "./session";
import { demoApi } from "./demoApi";
import { networkMode, retryInterval } from "../sending/queries";
import { useIsMissing } from "../ui/useIsMissing";

/** The demo's: no passwords, every user is free to choose. */
export function SignIn({ session }: { readonly session: Session }) {
  const texts = usePageTexts();
  const state = useSessionState(session);
  const from = useHistoryState<{ from?: string } | null>()?.from;
  const query = usePeople();
  const { data: people, error, refetch } = query;
  const isMissing = useIsMissing(query);
  const isAbsent = error instanceof Refused && error.status === 404;
  if (state.user) {
    return <Redirect to={from ?? "/"} replace />;
  }
  return (
    <main className="sign-in">
      <p className="sign-in__product">Belfry</p>
      <PageHeading>{texts.signIn}</PageHeading>
      {state.reason === "ended" && (
        <p className="belfry-alert belfry-alert--warning" role="alert">
          {texts.signInEnded}
        </p>
      )}
      {!people && !isMissing && <PageLoading>{texts.peopleLoading}</PageLoading>}
      {isMissing && !isAbsent && (
        <PageFailure isTried retry={() => void refetch()}>
          {texts.peopleError}
        </PageFailure>
      )}
      {isAbsent && <SignInElsewhere />}
      {people && <SignInForm session={session} people={people} />}
      <LanguageSwitch />
    </main>
  );
}

interface SignInFormProps {
  readonly session: Session;
  readonly people: readonly { readonly username: string; readonly name: string }[];
}

function SignInForm({ session, people }: SignInFormProps) {
  const texts = usePageTexts();
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
      setFailure(error instanceof Refused && error.status === 401 ? texts.unknownUser({ name }) : texts.signInError);
      setBusy(false);
    }
  };
  return (
    <>
      <p>{texts.demo}</p>
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
          {texts.byUsername}
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
            {isBusy ? texts.signingIn : texts.signIn}
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
    {
      queryKey: ["people"],
      queryFn: demoApi.people,
      retry: false,
      refetchOnWindowFocus: false,
      refetchInterval: ({ state }) => retryInterval(state.error),
      networkMode,
    },
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
  const texts = usePageTexts();
  return (
    <>
      <p>{texts.elsewhere}</p>
      {/* It scrolls, so it must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="sign-in__example belfry-focusable" tabIndex={0} role="region" aria-label={texts.example}>
        <code>{example}</code>
      </pre>
      <p>
        <span>{texts.tokens}</span> <code>BELFRY_JWT_SECRET</code>, <code>BELFRY_JWT_PUBLIC_KEY</code>,{" "}
        <code>BELFRY_JWT_JWKS_URL</code>
      </p>
    </>
  );
}
