import { useQuery } from "@tanstack/react-query";
import { useNotificationService } from "../ui/NotificationContext";
import { networkMode, progressInterval, queryKeys } from "../ui/serverState";

/** How far one send has come, followed while the component is there and the page is seen. */
export function useSend(requestId: string) {
  const service = useNotificationService();
  return useQuery({
    queryKey: queryKeys.send(requestId),
    queryFn: () => service.send(requestId),
    refetchInterval: ({ state }) => progressInterval(state.data && [state.data], state.error),
    networkMode,
  });
}
