import { Link, useParams } from "react-router";
import { useMe } from "../ui/NotificationContext";
import { useCourse } from "../sending/queries";
import { Refused } from "../client/rest/inboxApi";
import { roleName, studentCount } from "./Courses";
import { lazily } from "./lazily";
import { idOf, NotFound, PageHeading, PageFailure, PageLoading } from "./page";

const Sending = lazily(
  async () => (await import("./Sending")).Sending,
  <PageLoading>Loading what you sent…</PageLoading>,
);

export function CourseDetail() {
  const id = idOf(useParams().id);
  return id === null ? <NotFound /> : <OneCourse key={id} id={id} />;
}

function OneCourse({ id }: { readonly id: number }) {
  const { data: course, error, isPending, refetch } = useCourse(id);
  const isAdmin = useMe()?.roles.includes("admin") ?? false;
  if (isPending) {
    return (
      <>
        <PageHeading>Course</PageHeading>
        <PageLoading>Loading the course…</PageLoading>
      </>
    );
  }
  if (!course) {
    return error instanceof Refused && error.status === 404 ? (
      <NotFound />
    ) : (
      <>
        <PageHeading>Course</PageHeading>
        <PageFailure retry={() => void refetch()}>The course cannot be shown at the moment.</PageFailure>
      </>
    );
  }
  const mayWrite = course.role === "instructor" || isAdmin;
  const role = roleName(course.role);
  return (
    <>
      <PageHeading>{course.title}</PageHeading>
      <p className="page__facts">
        {role && <span>{role}</span>}
        <span>{studentCount(course)}</span>
      </p>
      {mayWrite ? (
        <Sending courseId={course.id} />
      ) : (
        <p>
          What this course tells you comes to the bell above, and stays in{" "}
          <Link to="/notifications" className="belfry-focusable">
            your notifications
          </Link>
          .
        </p>
      )}
    </>
  );
}
