import { codePoints } from "../../lib/words";
import type { DraftContent } from "./drafts";
import type { Texts } from "../../lib/texts";
import { notificationTypes } from "../../client/wire/notification";
import { z } from "../../client/wire/schema";

/** What the api takes, in code points. */
export const limits = { title: 255, message: 10_000 } as const;

/** The api's rules for what an instructor writes, and that a message of spaces says nothing. */
export function messageSchema(texts: Texts["sending"]) {
  const within = (limit: number) =>
    z.refine<string>((text) => codePoints(text) <= limit, {
      error: ({ input }) => texts.tooLong({ over: codePoints(String(input)) - limit }),
    });
  return z.object({
    notification_type: z.enum(notificationTypes),
    title: z.string().check(within(limits.title)),
    message: z.string().check(
      z.refine((text) => text.trim() !== "", { error: texts.messageMissing }),
      within(limits.message),
    ),
  });
}

export type MessageValues = z.infer<ReturnType<typeof messageSchema>>;

export const emptyMessage: MessageValues = { notification_type: "course_update", title: "", message: "" };

/** A draft may be from an older version, or from another one of the same origin. */
export function valuesOf(draft: DraftContent | null): MessageValues {
  const type = notificationTypes.find((known) => known === draft?.notification_type);
  return draft ? { ...draft, notification_type: type ?? emptyMessage.notification_type } : emptyMessage;
}
