import { Link } from "react-router";
import { PageHeading } from "./PageHeading";
import { PageFailure, PageLoading } from "./PageStates";
import { roleName, studentCount } from "./courseWords";
import { useCourses } from "./useCourses";

export function Courses() {
  return (
    <>
      <PageHeading>Your courses</PageHeading>
      <CourseList />
    </>
  );
}

function CourseList() {
  const courses = useCourses();
  if (courses.isPending) {
    return <PageLoading>Loading your courses…</PageLoading>;
  }
  if (!courses.data) {
    return <PageFailure retry={() => void courses.refetch()}>Your courses cannot be shown at the moment.</PageFailure>;
  }
  const all = courses.data.pages.flatMap((page) => page.results);
  if (all.length === 0) {
    return <p className="page__empty">You are in no course yet.</p>;
  }
  return (
    <>
      <ul className="courses">
        {all.map((course) => (
          <li key={course.id}>
            <Link className="courses__course belfry-focusable" to={`/courses/${course.id}`}>
              <span className="courses__title">{course.title}</span>{" "}
              <span className="courses__facts">
                {[roleName(course.role), studentCount(course)].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {courses.isFetchNextPageError && (
        <PageFailure retry={() => void courses.fetchNextPage()}>
          More courses cannot be shown at the moment.
        </PageFailure>
      )}
      {courses.hasNextPage && !courses.isFetchNextPageError && (
        <button
          type="button"
          className="belfry-button"
          aria-disabled={courses.isFetchingNextPage}
          onClick={() => void courses.fetchNextPage()}
        >
          {courses.isFetchingNextPage ? "Loading…" : "Show more courses"}
        </button>
      )}
    </>
  );
}
