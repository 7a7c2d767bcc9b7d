import { listSchema, meSchema, type Me } from "./rest/schemas";
import { kept } from "./wire/kept";
import { z } from "./wire/schema";
import type { ListAnswer } from "./rest/inboxApi";
import { numbersSchema } from "./wire/notification";

/** The newest of an inbox, as it was when everything was here. */
export interface LastList {
  /** In ms since 1970 by the server's clock. */
  readonly at: number;
  readonly answer: ListAnswer;
}

const { count, next, results } = listSchema.shape;
const schema = z.object({
  me: meSchema,
  at: z.number(),
  answer: z.extend(numbersSchema, { count, next, notifications: results }),
});

export type LastInbox = z.infer<typeof schema>;

/** The last inbox of a browser at one installation: of one user, as another one's takes its place. */
export class KeptInbox {
  private readonly kept;

  constructor(
    baseUrl: string,
    private readonly userId: number,
  ) {
    this.kept = kept(`belfry:last:${baseUrl}`, () => localStorage);
  }

  /** @returns null if there is none of this user; another one's is gone then */
  load(): LastInbox | null {
    const { data } = schema.safeParse(this.kept.load());
    if (data?.me.id === this.userId) {
      return data;
    }
    this.kept.save(null);
    return null;
  }

  /** @returns takes what an inbox of this user tells to keep; none for another user's */
  keepsFor(me: Me): ((last: LastList | null) => void) | undefined {
    return me.id === this.userId ? (last) => this.kept.save(last && { me, ...last }) : undefined;
  }

  clear(): void {
    this.kept.save(null);
  }
}
