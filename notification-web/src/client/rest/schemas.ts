import { notificationSchema, numbersSchema } from "../wire/notification";
import { z } from "../wire/schema";

const id = z.int().check(z.positive());
const count = z.int().check(z.nonnegative());

/** An address to follow, or null. */
const next = z.nullable(z.string());

export const listSchema = z.extend(numbersSchema, { count, next, results: z.array(notificationSchema) });

export const oneSchema = z.extend(notificationSchema, numbersSchema.shape);

export const changesSchema = z.extend(numbersSchema, {
  notifications: z.array(notificationSchema),
  deleted: z.array(id),
  reset: z.boolean(),
});

export const unreadCountSchema = z.object({
  unread_count: numbersSchema.shape.unread,
  seq: numbersSchema.shape.seq,
  epoch: numbersSchema.shape.epoch,
});

export const meSchema = z.object({
  id,
  /** Null when neither the token nor the directory tells it. */
  name: z.nullable(z.string()),
  /** `admin` or none; who instructs a course is told by the course. */
  roles: z.array(z.string()),
  websocket_url: z.string(),
  /** Whether instructors see who has read what they sent; absent from an older api, which tells counts. */
  read_report: z.optional(z.enum(["names", "counts"])),
});

export const courseSchema = z.object({
  id,
  title: z.string(),
  /** `student`, `instructor`; null for an admin who is no member. */
  role: z.nullable(z.string()),
  students: count,
  /** Of the course in one's own inbox; absent from an older api. */
  unread: z.optional(count),
  /** How many of them have a page open; null for students, and when it is not known. */
  online: z.nullable(count),
});

export const coursesSchema = z.object({ count, next, results: z.array(courseSchema) });

export const receiptSchema = z.object({ request_id: z.string(), course: id, recipients: count });

export const sendSchema = z.object({
  request_id: z.string(),
  course: z.nullable(id),
  /** Only forward: the broker has it; the last recipient's is stored; it never will be. */
  status: z.enum(["accepted", "stored", "rejected"]),
  recipients: count,
  read: count,
  error: z.nullable(z.object({ code: z.string(), detail: z.string() })),
  created_at: z.string(),
  stored_at: z.nullable(z.string()),
  /** What was sent: null until it is stored, and absent from an older api. */
  notification_type: z.optional(z.nullable(z.string())),
  title: z.optional(z.nullable(z.string())),
  /** The beginning of the message. */
  excerpt: z.optional(z.nullable(z.string())),
});

/** With what it says, as its receivers see it. */
export const sendDetailSchema = z.extend(sendSchema, {
  message: z.optional(z.nullable(z.string())),
  sender_name: z.optional(z.nullable(z.string())),
});

export const recipientsSchema = z.object({
  count,
  next,
  results: z.array(
    z.object({ user: id, name: z.nullable(z.string()), read: z.boolean(), read_at: z.nullable(z.string()) }),
  ),
});

export const sendsSchema = z.object({ count, next, results: z.array(sendSchema) });

/** What one keeps to send again. */
export const templateSchema = z.object({
  id,
  /** Its owner's only one of this name: 1 to 80 code points. */
  name: z.string(),
  notification_type: z.string(),
  title: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const templatesSchema = z.object({ results: z.array(templateSchema) });

export type Me = z.infer<typeof meSchema>;
export type Course = z.infer<typeof courseSchema>;
export type Courses = z.infer<typeof coursesSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
/** One send to a course and what became of it. */
export type Send = z.infer<typeof sendSchema>;
export type SendDetail = z.infer<typeof sendDetailSchema>;
export type Recipients = z.infer<typeof recipientsSchema>;
export type Sends = z.infer<typeof sendsSchema>;
export type Template = z.infer<typeof templateSchema>;
