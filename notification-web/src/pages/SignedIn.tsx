import { Navigate, useLocation } from "react-router";
import { NotificationProvider } from "../ui/NotificationContext";
import type { Session, SessionState } from "./session";
import { Shell } from "./Shell";
import { useSyncExternalStore } from "react";

/** What only users see. A visitor is led to the sign-in page, and from there back to the address that was asked for. */
export function SignedIn({ session }: { readonly session: Session }) {
  const state = useSessionState(session);
  const { pathname, search } = useLocation();
  if (!state.user) {
    return <Navigate to="/sign-in" replace state={state.bySignOut ? null : { from: pathname + search }} />;
  }
  return (
    <NotificationProvider key={state.user.id} baseUrl="" getToken={session.getToken} onSignInRequired={session.end}>
      <Shell user={state.user} onSignedOut={session.signOut} />
    </NotificationProvider>
  );
}

export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}
