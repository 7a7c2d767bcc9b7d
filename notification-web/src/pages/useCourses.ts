import { useInfiniteQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, queryKeys } from "../ui/serverState";

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
