import { Link } from "wouter";
import { PagedList } from "../ui/PagedList";
import type { PageTexts } from "./catalogues/texts";
import { usePageTexts } from "./language";
import { PageHeading } from "./page";
import type { Course } from "../client/rest/schemas";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, queryKeys, useQueries } from "../sending/queries";

const classes = { list: "courses", skeleton: "page__skeleton", empty: "page__empty" };

export function Courses() {
  const texts = usePageTexts();
  const words = {
    loading: texts.coursesLoading,
    error: texts.coursesError,
    empty: texts.coursesEmpty,
    more: texts.coursesMore,
    moreLoading: texts.coursesMoreLoading,
    moreError: texts.coursesMoreError,
    retry: texts.retry,
  };
  return (
    <>
      <PageHeading>{texts.courses}</PageHeading>
      <PagedList query={useCourses()} texts={words} classes={classes}>
        {(course) => (
          <li key={course.id}>
            <Link className="courses__course belfry-focusable" href={`/courses/${course.id}`}>
              <bdi className="courses__title">{course.title}</bdi>{" "}
              <span className="courses__facts">
                {[roleName(course.role, texts), studentCount(course, texts)].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        )}
      </PagedList>
    </>
  );
}

/** @returns null for an admin who is no member */
export function roleName(role: string | null, texts: PageTexts): string | null {
  switch (role) {
    case "instructor":
      return texts.instructor;
    case "student":
      return texts.student;
    default:
      return role;
  }
}

export function studentCount({ students, online }: Pick<Course, "students" | "online">, texts: PageTexts): string {
  return online === null ? texts.students({ students }) : texts.studentsOnline({ students, online });
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
