import { Link } from "react-router";
import { useFirstNew } from "../ui/useFirstNew";
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
  const all = courses.data?.pages.flatMap((page) => page.results) ?? [];
  const { list, grow } = useFirstNew(all.length);
  const showMore = () => grow(() => courses.fetchNextPage());
  if (courses.isPending) {
    return <PageLoading>Loading your courses…</PageLoading>;
  }
  if (!courses.data) {
    return <PageFailure retry={() => void courses.refetch()}>Your courses cannot be shown at the moment.</PageFailure>;
  }
  if (all.length === 0) {
    return <p className="page__empty">You are in no course yet.</p>;
  }
  return (
    <>
      <ul className="courses" ref={list}>
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
        <PageFailure retry={showMore}>More courses cannot be shown at the moment.</PageFailure>
      )}
      {courses.hasNextPage && !courses.isFetchNextPageError && (
        <button type="button" className="belfry-button" aria-disabled={courses.isFetchingNextPage} onClick={showMore}>
          {courses.isFetchingNextPage ? "Loading…" : "Show more courses"}
        </button>
      )}
    </>
  );
}
