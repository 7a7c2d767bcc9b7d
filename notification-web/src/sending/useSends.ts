import { useInfiniteQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, progressInterval, queryKeys } from "../ui/serverState";

/** One's own sends to a course, newest first, followed while the component is there and the page is seen. */
export function useSends(courseId: number) {
  const service = useNotificationService();
  return useInfiniteQuery({
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
  });
}
