import { Redirect, Route, Router, Switch, useLocation, useParams, useSearch, type RouterObject } from "wouter";
import { NotificationProvider, useTexts } from "../ui/NotificationContext";
import { useNotification } from "../ui/useNotifications";
import { nameOf } from "../lib/words";
import { lazily } from "./lazily";
import { usePageTexts, useSpoken } from "./language";
import { idOf, Meanwhile, NotFound, PageHeading, useRouting } from "./page";
import { useSessionState, type Session } from "./session";
import { Shell } from "./Shell";

const NotificationHistory = lazily(
  async () => (await import("../history/NotificationHistory")).NotificationHistory,
  <Meanwhile loading="notificationsLoading" />,
);
const Courses = lazily(
  async () => (await import("./Courses")).Courses,
  <Meanwhile heading="courses" loading="coursesLoading" />,
);
const CourseDetail = lazily(
  async () => (await import("./CourseDetail")).CourseDetail,
  <Meanwhile heading="course" loading="courseLoading" />,
);
const SendPage = lazily(
  async () => (await import("./SendPage")).SendPage,
  <Meanwhile heading="send" loading="sendLoading" />,
);
const SignIn = lazily(async () => (await import("./SignIn")).SignIn, null);

const DesktopSwitch = lazily(async () => (await import("../bell/desktop/DesktopSwitch")).DesktopSwitch, null);

/** The demo: a small learning platform with Belfry in it. */
export function App({ session }: { readonly session: Session }) {
  return (
    <Router aroundNav={marked}>
      <Switch>
        <Route path="/sign-in">
          <SignIn session={session} />
        </Route>
        <Route>
          <SignedIn session={session} />
        </Route>
      </Switch>
    </Router>
  );
}

/** What was come to by a link has a state: the first page of all has none. */
const marked: RouterObject["aroundNav"] = (navigate, to, options) =>
  navigate(to, { ...options, state: (options?.state as unknown) ?? {} });

/** What only users see. A visitor is led to the sign-in page, and from there back to the address that was asked for. */
function SignedIn({ session }: { readonly session: Session }) {
  const state = useSessionState(session);
  const { texts } = useSpoken();
  const [path] = useLocation();
  const search = useSearch();
  if (!state.user) {
    return (
      <Redirect
        to="/sign-in"
        replace
        state={state.reason === "left" ? null : { from: search ? `${path}?${search}` : path }}
      />
    );
  }
  return (
    <NotificationProvider
      key={state.user.id}
      baseUrl=""
      getToken={session.getToken}
      onSignInRequired={session.end}
      keepFor={state.user.id}
      texts={texts}
    >
      <Shell user={state.user} onSignedOut={session.signOut}>
        <Switch>
          <Route path="/">
            <Courses />
          </Route>
          <Route path="/courses/:id">
            <CourseDetail />
          </Route>
          <Route path="/sends/:id">
            <SendPage />
          </Route>
          <Route path="/notifications/:id?">
            <History />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Shell>
    </NotificationProvider>
  );
}

/** All of one's notifications; with an id in the address, that one above them. */
function History() {
  const { id } = useParams<{ id?: string }>();
  const texts = usePageTexts();
  const routing = useRouting();
  const selectedId = idOf(id);
  if (id !== undefined && selectedId === null) {
    return <NotFound />;
  }
  return (
    <>
      {selectedId === null ? <PageHeading>{texts.notifications}</PageHeading> : <NotificationHeading id={selectedId} />}
      <DesktopSwitch />
      <NotificationHistory selectedId={selectedId} {...routing} />
    </>
  );
}

/** The document is called as what is shown in full, after its course. */
function NotificationHeading({ id }: { readonly id: number }) {
  const { notification } = useNotification(id);
  const { types } = useTexts();
  const name = notification && nameOf(notification, types);
  const title = [notification?.course_title, name].filter(Boolean).join(" · ");
  return <PageHeading title={title || undefined}>{usePageTexts().notifications}</PageHeading>;
}
