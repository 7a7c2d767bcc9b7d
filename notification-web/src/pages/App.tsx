import { Navigate, Route, Routes, useLocation, useParams } from "react-router";
import { NotificationHistory } from "../history/NotificationHistory";
import { NotificationProvider } from "../ui/NotificationContext";
import { CourseDetail } from "./CourseDetail";
import { Courses } from "./Courses";
import { idOf, NotFound, PageHeading, useRouting } from "./page";
import { useSessionState, type Session } from "./session";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";

/** The demo: a small learning platform with Belfry in it. */
export function App({ session }: { readonly session: Session }) {
  return (
    <Routes>
      <Route path="/sign-in" element={<SignIn session={session} />} />
      <Route element={<SignedIn session={session} />}>
        <Route index element={<Courses />} />
        <Route path="courses/:id" element={<CourseDetail />} />
        <Route path="notifications" element={<History />} />
        <Route path="notifications/:id" element={<History />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}

/** What only users see. A visitor is led to the sign-in page, and from there back to the address that was asked for. */
function SignedIn({ session }: { readonly session: Session }) {
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

/** All of one's notifications; with an id in the address, that one above them. */
function History() {
  const { id } = useParams();
  const routing = useRouting();
  const selectedId = idOf(id);
  if (id !== undefined && selectedId === null) {
    return <NotFound />;
  }
  return (
    <>
      <PageHeading>Notifications</PageHeading>
      <NotificationHistory selectedId={selectedId} {...routing} />
    </>
  );
}
