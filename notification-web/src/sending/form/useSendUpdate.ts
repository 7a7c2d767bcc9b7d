import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNotificationService } from "../../ui/NotificationContext";
import { Unreachable } from "../../client/rest/inboxApi";
import type { CourseMessage, NotificationService } from "../../client/rest/notificationService";
import type { Receipt } from "../../client/rest/schemas";
import { networkMode, queryKeys } from "../queries";

export interface Update {
  readonly message: CourseMessage;
  /** Of this message alone: sent again under it, it is the same send. */
  readonly key: string;
}

/** The first request with a key is being answered for 10 s at most; then its repetition takes over. */
const MAX_IN_PROGRESS = 15;

/**
 * Sends to a course.
 *
 * @param onSent is called even if the component has gone meanwhile
 */
export function useSendUpdate(courseId: number, onSent: (receipt: Receipt) => void) {
  const service = useNotificationService();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (update: Update) => sendPatiently(service, courseId, update),
    onSuccess: (receipt) => {
      onSent(receipt);
      void queries.invalidateQueries({ queryKey: queryKeys.sends(courseId) });
    },
    networkMode,
  });
}

async function sendPatiently(service: NotificationService, courseId: number, update: Update): Promise<Receipt> {
  for (let turn = 1; ; turn++) {
    try {
      return await service.notifyStudents(courseId, update.message, update.key);
    } catch (error) {
      if (!(error instanceof Unreachable && error.status === 409) || turn === MAX_IN_PROGRESS) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 1_000));
    }
  }
}
