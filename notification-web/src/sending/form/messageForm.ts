import { codePoints } from "../../lib/words";
import { isLabel, safeUrl } from "../../lib/links";
import type { DraftContent } from "./drafts";
import type { Texts } from "../../lib/texts";
import type { CourseMessage } from "../../client/rest/notificationService";
import { notificationTypes } from "../../client/wire/notification";
import { z } from "../../client/wire/schema";

/** What the api takes, in code points. */
export const limits = { title: 255, message: 10_000, label: 40 } as const;

/** The api's rules for what an instructor writes, and that a message of spaces says nothing. */
export function messageSchema(texts: Texts["sending"]) {
  const within = (limit: number) =>
    z.refine<string>((text) => codePoints(text) <= limit, {
      error: ({ input }) => texts.tooLong({ over: codePoints(String(input)) - limit }),
    });
  const ofForm = z.object({
    courses: z.array(z.number()).check(z.minLength(1, { error: texts.courseMissing })),
    notification_type: z.enum(notificationTypes),
    title: z.string().check(within(limits.title)),
    message: z.string().check(
      z.refine((text) => text.trim() !== "", { error: texts.messageMissing }),
      within(limits.message),
    ),
    label: z.string().check(
      within(limits.label),
      z.refine((text) => text.trim() === "" || codePoints(text) > limits.label || isLabel(text), {
        error: texts.labelWrong,
      }),
    ),
    url: z
      .string()
      .check(z.refine((url) => url.trim() === "" || safeUrl({ url: url.trim() }) !== null, { error: texts.urlWrong })),
  });
  return ofForm.check(
    z.refine(({ label, url }) => label.trim() === "" || url.trim() !== "", {
      path: ["url"],
      error: texts.urlMissing,
      // Also while the message is still to be written.
      when: () => true,
    }),
  );
}

export type MessageValues = z.infer<ReturnType<typeof messageSchema>>;

/** What is written, apart from to whom. */
export type Content = Omit<MessageValues, "courses">;

export const emptyContent: Content = {
  notification_type: "course_update",
  title: "",
  message: "",
  label: "",
  url: "",
};

/** A draft or a template may be from an older version, or from another one of the same origin. */
export function contentOf(draft: DraftContent | null): Content {
  const type = notificationTypes.find((known) => known === draft?.notification_type);
  return draft ? { ...draft, notification_type: type ?? emptyContent.notification_type } : emptyContent;
}

/** As the api takes it. */
export function messageOf({ notification_type, title, message, label, url }: Content): CourseMessage {
  const data = { url: url.trim(), ...(label.trim() !== "" && { label: label.trim() }) };
  return { notification_type, title, message, ...(data.url !== "" && { data }) };
}
