import { contentSchema, numbersSchema } from "./notification";
import { z } from "./schema";

const welcome = z.object({
  type: z.literal("welcome"),
  session: z.string(),
  user: z.number(),
  time: z.string(),
  heartbeat_seconds: z.number().check(z.positive()),
  check_seconds: z.number().check(z.positive()),
  token_expires_at: z.string(),
  /** A hint; the three are there together or not at all. */
  seq: z.optional(numbersSchema.shape.seq),
  unread: z.optional(numbersSchema.shape.unread),
  epoch: z.optional(numbersSchema.shape.epoch),
});

const notification = z.extend(numbersSchema, {
  type: z.literal("notification"),
  notification: contentSchema,
});

const inbox = z.extend(numbersSchema, {
  type: z.literal("inbox"),
  /** `read`, `unread`, `deleted` with `ids`; `all_read` with `up_to_seq`; or one that is newer than this client. */
  change: z.string(),
  ids: z.optional(z.array(z.number())),
  up_to: z.optional(z.nullable(z.number())),
  up_to_seq: z.optional(z.number()),
});

const ref = z.optional(z.nullable(z.string()));

const serverFrame = z.discriminatedUnion("type", [
  welcome,
  notification,
  inbox,
  z.object({ type: z.literal("ack"), ref }),
  z.object({ type: z.literal("error"), code: z.string(), message: z.string(), ref }),
  z.object({ type: z.literal("authenticated"), token_expires_at: z.string(), ref }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("reconnect"), after_ms: z.number().check(z.nonnegative()) }),
]);

export type ServerFrame = z.infer<typeof serverFrame>;
export type WelcomeFrame = z.infer<typeof welcome>;
/** A change of the inbox. */
export type InboxFrame = z.infer<typeof notification> | z.infer<typeof inbox>;

/** @returns null for a frame of an unknown type or form, which is to be ignored: what it brought becomes a hole */
export function readFrame(text: string): ServerFrame | null {
  try {
    const frame = serverFrame.safeParse(JSON.parse(text));
    return frame.success ? frame.data : null;
  } catch {
    return null;
  }
}

export type ClientFrame =
  { readonly type: "authenticate"; readonly token: string; readonly ref: string } | { readonly type: "ping" };

export function writeFrame(frame: ClientFrame): string {
  return JSON.stringify(frame);
}
