import { Link } from "react-router";
import { PagedList } from "../ui/PagedList";
import { PageHeading } from "./page";
import type { Course } from "../client/rest/schemas";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, queryKeys, useQueries } from "../sending/queries";

const texts = {
  loading: "Loading your courses…",
  error: "Your courses cannot be shown at the moment.",
  empty: "You are in no course yet.",
  more: "Show more courses",
  moreLoading: "Loading…",
  moreError: "More courses cannot be shown at the moment.",
  retry: "Try again",
};
const classes = { list: "courses", skeleton: "page__skeleton", empty: "page__empty" };

export function Courses() {
  return (
    <>
      <PageHeading>Your courses</PageHeading>
      <PagedList query={useCourses()} texts={texts} classes={classes}>
        {(course) => (
          <li key={course.id}>
            <Link className="courses__course belfry-focusable" to={`/courses/${course.id}`}>
              <bdi className="courses__title">{course.title}</bdi>{" "}
              <span className="courses__facts">
                {[roleName(course.role), studentCount(course)].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        )}
      </PagedList>
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
function useCourses() {
  const service = useNotificationService();
  const queries = useQueries();
  return useInfiniteQuery(
    {
      queryKey: queryKeys.courses,
      queryFn: ({ pageParam: next }) => (next === null ? service.courses() : service.nextCourses(next)),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      networkMode,
    },
    queries,
  );
}
