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
