import { z } from "./schema";

/** The types of the contract, in the order in which filters offer them. A newer server may send others. */
export const notificationTypes = [
  "course_update",
  "announcement",
  "message",
  "session_start",
  "exam_result",
  "course_enrollment",
] as const;

export type NotificationType = (typeof notificationTypes)[number];

const id = z.int().check(z.positive());

/** What a notification says: the same for each of its receivers, and never changed. */
export const contentSchema = z.object({
  id,
  sender: z.nullable(id),
  sender_name: z.nullable(z.string()),
  /** What the service that sent it is called. Absent from older servers, as `course_title` is. */
  source_name: z.optional(z.nullable(z.string())),
  notification_type: z.string(),
  title: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
  course: z.nullable(id),
  course_title: z.optional(z.nullable(z.string())),
  /** RFC 3339: when it was stored. */
  created_at: z.string(),
  /** Its sender alone has it, to see what others would get. Absent from older servers, where none is. */
  test: z.optional(z.boolean()),
});

/** One notification in one inbox. */
export const notificationSchema = z.extend(contentSchema, {
  is_read: z.boolean(),
  /** The number of the change that added it; lists are in descending order of it. */
  added_seq: z.int().check(z.positive()),
});

/** They stand together in every answer and frame about an inbox. */
export const numbersSchema = z.object({
  /** How many changes the inbox has seen: one more with each, without holes. */
  seq: z.int().check(z.nonnegative()),
  /** The badge after that change; the number itself, not a difference. */
  unread: z.int().check(z.nonnegative()),
  /** The history that the numbers belong to. */
  epoch: z.string(),
});

export type Content = z.infer<typeof contentSchema>;
export type Notification = z.infer<typeof notificationSchema>;
export type Numbers = z.infer<typeof numbersSchema>;
