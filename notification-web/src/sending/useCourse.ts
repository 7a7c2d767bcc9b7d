import { useQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, queryKeys } from "../ui/serverState";

/** Who is online changes by the minute. */
const REFRESH_MS = 30_000;

/** A course with its students, kept fresh while the component is there and the page is seen. */
export function useCourse(courseId: number) {
  const service = useNotificationService();
  return useQuery({
    queryKey: queryKeys.course(courseId),
    queryFn: () => service.course(courseId),
    refetchInterval: REFRESH_MS,
    networkMode,
  });
}
