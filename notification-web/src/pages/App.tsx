import { Route, Routes } from "react-router";
import { CourseDetail } from "./CourseDetail";
import { Courses } from "./Courses";
import { History } from "./History";
import { NotFound } from "./page";
import type { Session } from "./session";
import { SignedIn } from "./SignedIn";
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
