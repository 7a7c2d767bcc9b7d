import { useEffect } from "react";
import { Unreachable } from "../client/rest/inboxApi";
import type { NotificationService } from "../client/rest/notificationService";
import type { Send } from "../client/rest/schemas";
import { QueryClient, queryOptions, useInfiniteQuery, useQueries as useEach, useQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { isFinal } from "../ui/useIsMissing";

/** The names of what is kept of the server's state. */
export const queryKeys = {
  courses: ["belfry", "courses"] as const,
  allCourses: ["belfry", "all-courses"] as const,
  templates: ["belfry", "templates"] as const,
  course: (courseId: number) => ["belfry", "course", courseId] as const,
  sends: (courseId: number) => ["belfry", "sends", courseId] as const,
  send: (requestId: string) => ["belfry", "send", requestId] as const,
};

const clients = new WeakMap<NotificationService, QueryClient>();

/** What is kept of the server's state, for everything below one provider: apart from what the platform keeps of its own. */
export function useQueries(): QueryClient {
  const service = useNotificationService();
  const queries = clients.get(service) ?? makeQueryClient();
  clients.set(service, queries);
  useEffect(() => {
    queries.mount();
    return () => queries.unmount();
  }, [queries]);
  return queries;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A second time at once; then the reader is told, and it goes on.
        retry: (failures, error) => failures < 1 && !isFinal(error),
        refetchInterval: ({ state }) => retryInterval(state.error),
        refetchOnReconnect: true,
      },
    },
  });
}

/** When to ask again after an error; false = it changes nothing, or there was none. */
export function retryInterval(error: Error | null): number | false {
  return error instanceof Unreachable ? Math.max(SLOW_MS, error.retryAfterMs ?? 0) : false;
}

/** Without a network a call fails at once and says so, instead of looking like one that takes long. */
export const networkMode = "always";

const FAST_MS = 1_000;
const SLOW_MS = 5_000;

/**
 * When to ask again how far sends have come: soon while one is on its way, now and then for who has read it.
 *
 * @param error of the last question, or null
 * @returns false when nothing more is to be heard
 */
export function progressInterval(sends: readonly Send[] | undefined, error: Error | null): number | false {
  if (error || !sends) {
    return retryInterval(error);
  }
  if (sends.some((send) => send.status === "accepted")) {
    return FAST_MS;
  }
  return sends.some((send) => send.status === "stored" && send.recipients > 0) ? SLOW_MS : false;
}

/** Who is online changes by the minute. */
const REFRESH_MS = 30_000;

const courseQuery = (service: NotificationService, courseId: number) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: () => service.course(courseId),
    refetchInterval: ({ state }) => retryInterval(state.error) || REFRESH_MS,
    networkMode,
  });

/** A course with its students, kept fresh while the component is there and the page is seen. */
export function useCourse(courseId: number) {
  return useQuery(courseQuery(useNotificationService(), courseId), useQueries());
}

/** Several, in the order of the ids. */
export function useCoursesOf(courseIds: readonly number[]) {
  const service = useNotificationService();
  return useEach({ queries: courseIds.map((id) => courseQuery(service, id)) }, useQueries());
}

/** How many are asked for at once. */
const ALL_COURSES = 100;

/** Whom one instructs changes by the term. */
const ALL_COURSES_STALE_MS = 300_000;

/** All courses of the user, an admin's are all: asked for page by page until the last one is there. */
export function useAllCourses() {
  const service = useNotificationService();
  const query = useInfiniteQuery(
    {
      queryKey: queryKeys.allCourses,
      queryFn: ({ pageParam: next }) => (next === null ? service.courses(ALL_COURSES) : service.nextCourses(next)),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      staleTime: ALL_COURSES_STALE_MS,
      networkMode,
    },
    useQueries(),
  );
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

const sendQuery = (service: NotificationService, requestId: string) =>
  queryOptions({
    queryKey: queryKeys.send(requestId),
    queryFn: () => service.send(requestId),
    refetchInterval: ({ state }) => progressInterval(state.data && [state.data], state.error),
    networkMode,
  });

/** How far one send has come, followed while the component is there and the page is seen. */
export function useSend(requestId: string) {
  return useQuery(sendQuery(useNotificationService(), requestId), useQueries());
}

/** Several, in the order of the ids. */
export function useSendsOf(requestIds: readonly string[]) {
  const service = useNotificationService();
  return useEach({ queries: requestIds.map((id) => sendQuery(service, id)) }, useQueries());
}

/** Who has read one send, or has not, page by page; as of when it was asked for. */
export function useRecipients(requestId: string, read: boolean) {
  const service = useNotificationService();
  const queries = useQueries();
  return useInfiniteQuery(
    {
      queryKey: [...queryKeys.send(requestId), "recipients", read],
      queryFn: ({ pageParam: next }) =>
        next === null ? service.recipients(requestId, read) : service.nextRecipients(next),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      networkMode,
    },
    queries,
  );
}

/** One's own sends to a course, newest first, followed while the component is there and the page is seen. */
export function useSends(courseId: number) {
  const service = useNotificationService();
  const queries = useQueries();
  return useInfiniteQuery(
    {
      queryKey: queryKeys.sends(courseId),
      queryFn: ({ pageParam: next }) => (next === null ? service.sends(courseId) : service.nextSends(next)),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      refetchInterval: ({ state }) =>
        progressInterval(
          state.data?.pages.flatMap((page) => page.results),
          state.error,
        ),
      networkMode,
    },
    queries,
  );
}
