import { Navigate, Route, Routes, useLocation, useParams } from "react-router";
import { NotificationProvider } from "../ui/NotificationContext";
import { lazily } from "./lazily";
import { idOf, NotFound, PageHeading, PageLoading, useRouting } from "./page";
import { useSessionState, type Session } from "./session";
import { Shell } from "./Shell";

const NotificationHistory = lazily(
  async () => (await import("../history/NotificationHistory")).NotificationHistory,
  <PageLoading>Loading your notifications…</PageLoading>,
);
const Courses = lazily(
  async () => (await import("./Courses")).Courses,
  <>
    <PageHeading>Your courses</PageHeading>
    <PageLoading>Loading your courses…</PageLoading>
  </>,
);
const CourseDetail = lazily(
  async () => (await import("./CourseDetail")).CourseDetail,
  <>
    <PageHeading>Course</PageHeading>
    <PageLoading>Loading the course…</PageLoading>
  </>,
);
const SendPage = lazily(
  async () => (await import("./SendPage")).SendPage,
  <>
    <PageHeading>Sent update</PageHeading>
    <PageLoading>Loading what you sent…</PageLoading>
  </>,
);
const SignIn = lazily(async () => (await import("./SignIn")).SignIn, null);

/** The demo: a small learning platform with Belfry in it. */
export function App({ session }: { readonly session: Session }) {
  return (
    <Routes>
      <Route path="/sign-in" element={<SignIn session={session} />} />
      <Route element={<SignedIn session={session} />}>
        <Route index element={<Courses />} />
        <Route path="courses/:id" element={<CourseDetail />} />
        <Route path="sends/:id" element={<SendPage />} />
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
