import { Link } from "react-router";
import { useFirstNew } from "../ui/useFirstNew";
import { PageHeading, PageFailure, PageLoading } from "./page";
import type { Course } from "../client/rest/schemas";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, queryKeys } from "../sending/queries";

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

/** @returns null for an admin who is no member */
export function roleName(role: string | null): string | null {
  switch (role) {
    case "instructor":
      return "You teach this course";
    case "student":
      return "You are a student";
    default:
      return role;
  }
}

export function studentCount({ students, online }: Pick<Course, "students" | "online">): string {
  const enrolled = `${students.toLocaleString("en")} ${students === 1 ? "student" : "students"}`;
  return online === null ? enrolled : `${enrolled}, ${online.toLocaleString("en")} online now`;
}

/** The user's courses; an admin's are all. */
export function useCourses() {
  const service = useNotificationService();
  return useInfiniteQuery({
    queryKey: queryKeys.courses,
    queryFn: ({ pageParam: next }) => (next === null ? service.courses() : service.nextCourses(next)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    networkMode,
  });
}
