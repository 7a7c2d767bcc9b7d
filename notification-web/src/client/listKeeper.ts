import type { InboxModel } from "./inbox";
import type { LastList } from "./lastInbox";
import { isWhole } from "./replica/replica";
import type { ListAnswer } from "./rest/inboxApi";
import { statusOf } from "./view/connection";
import { serverClock } from "./wire/serverClock";

/** How long after a change it is kept: in a storm, once. */
export const KEEP_MS = 1_000;

/** Tells what to keep of an inbox for a start without a network: its first page, in the state of now. */
export class ListKeeper {
  private count = 0;
  private next: string | null = null;
  /** How far down the first page reached. */
  private floor = 0;

  constructor(
    private readonly tell: (last: LastList | null) => void,
    private readonly model: () => InboxModel,
  ) {}

  /** The first page was taken. */
  listed({ count, next, notifications }: ListAnswer): void {
    this.count = count;
    this.next = next;
    this.floor = next === null ? 0 : (notifications.at(-1)?.added_seq ?? 0);
  }

  /** Nothing once the sign-in has ended: the user may have signed out in a tab that this one does not hear of. */
  readonly keep = (): void => {
    const { replica, connection } = this.model();
    if (statusOf(connection, true) === "signed_out") {
      this.keepNothing();
      return;
    }
    const { applied: seq, unread, epoch, items } = replica;
    if (isWhole(replica) && unread !== null && epoch !== null) {
      const { count, next, floor } = this;
      const answer = { count, next, seq, unread, epoch, notifications: items.from(floor) };
      this.tell({ at: connection.upToDateAt ?? serverClock.now(), answer });
    }
  };

  keepNothing(): void {
    this.tell(null);
  }
}
