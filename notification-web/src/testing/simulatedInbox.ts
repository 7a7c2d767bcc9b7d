import { matches } from "../client/view/ground";
import { type InboxApi, type InboxFilter, type ListAnswer, Refused } from "../client/rest/inboxApi";
import type { Notification, Numbers } from "../client/wire/notification";

interface Entry {
  readonly notification: Notification;
  readonly changedSeq: number;
  readonly isDeleted: boolean;
}

const FEW = 500;

/** An inbox as the database keeps it, with the api's answers about it and the frames that its changes make. */
export class SimulatedInbox implements InboxApi {
  epoch = "e1";
  seq = 0;
  pageSize = 20;
  /** Calls so far, by name and arguments. */
  readonly calls: string[] = [];
  /** Makes the next calls fail; answers go on when it is null. */
  failure: Error | null = null;
  /** How long answers are on their way, by the call's name: they are as the inbox was when it was asked. */
  readonly lateMs: Record<string, number> = {};
  private readonly entries = new Map<number, Entry>();
  private nextId = 9_000;

  /** @param announce hears the frame of each change */
  constructor(private readonly announce: (frame: object) => void = () => {}) {}

  get unread(): number {
    return this.rows({ unreadOnly: true }).length;
  }

  /** Newest first. */
  rows(filter: InboxFilter = {}): Notification[] {
    return [...this.entries.values()]
      .filter((entry) => !entry.isDeleted && matches(filter, entry.notification))
      .map((entry) => entry.notification)
      .sort((one, other) => other.added_seq - one.added_seq);
  }

  /** @returns the new one's id */
  add(fields: Partial<Notification> = {}): number {
    const id = this.nextId++;
    const content = {
      id,
      sender: 3,
      sender_name: "Ines Costa",
      source_name: null,
      notification_type: "course_update",
      title: `Number ${id - 8_999}`,
      message: `Message ${id}`,
      data: {},
      course: 42,
      course_title: "Algebra",
      created_at: new Date().toISOString(),
      ...fields,
    };
    const notification = { ...content, is_read: false, added_seq: this.seq + 1 };
    this.happen([notification], { type: "notification", notification: content });
    return id;
  }

  fill(count: number): void {
    for (let i = 0; i < count; i++) {
      this.add();
    }
  }

  change(kind: "read" | "unread" | "deleted", id: number): Numbers {
    const notification = this.present(id);
    const isRead = kind === "read";
    const frame = { type: "inbox", change: kind, ids: [id] };
    if (kind === "deleted") {
      this.happen([notification], frame, true);
    } else if (notification.is_read !== isRead) {
      this.happen([{ ...notification, is_read: isRead }], frame);
    }
    return this.numbers();
  }

  readAll(upTo: number): Numbers {
    const upToSeq = this.entries.get(upTo)?.notification.added_seq ?? 0;
    const read = this.rows({ unreadOnly: true }).filter((row) => row.added_seq <= upToSeq);
    if (read.length > 0) {
      const frame = { type: "inbox", change: "all_read", up_to: upTo, up_to_seq: upToSeq };
      this.happen(
        read.map((row) => ({ ...row, is_read: true })),
        frame,
      );
    }
    return this.numbers();
  }

  readonly numbers = (): Numbers => ({ seq: this.seq, unread: this.unread, epoch: this.epoch });

  list: InboxApi["list"] = (filter) =>
    this.answer(`list ${JSON.stringify(filter)}`, () => this.slice(filter, Infinity));

  page: InboxApi["page"] = (next) => {
    const { filter, below } = JSON.parse(next) as { filter: InboxFilter; below: number };
    return this.answer(`page ${next}`, () => this.slice(filter, below));
  };

  changes: InboxApi["changes"] = (after, epoch) =>
    this.answer(`changes ${after}`, () => {
      const changed = [...this.entries.values()].filter((entry) => entry.changedSeq > after);
      const reset = epoch !== this.epoch || after > this.seq || changed.length > FEW;
      const named = reset ? [] : changed;
      return {
        ...this.numbers(),
        reset,
        notifications: named.filter((entry) => !entry.isDeleted).map((entry) => entry.notification),
        deleted: named.filter((entry) => entry.isDeleted).map((entry) => entry.notification.id),
      };
    });

  unreadCount: InboxApi["unreadCount"] = () => this.answer("unreadCount", this.numbers);
  one: InboxApi["one"] = (id) =>
    this.answer(`one ${id}`, () => ({ ...this.numbers(), notification: this.present(id) }));
  setRead: InboxApi["setRead"] = (id, read) =>
    this.answer(`setRead ${id} ${read}`, () => this.change(read ? "read" : "unread", id));
  markAllRead: InboxApi["markAllRead"] = (upTo) => this.answer(`markAllRead ${upTo}`, () => this.readAll(upTo));
  remove: InboxApi["remove"] = (id, keepalive) =>
    this.answer(`remove ${id}${keepalive ? " keepalive" : ""}`, () => void this.change("deleted", id));

  /** What was called, by the first word. */
  called(name: string): string[] {
    return this.calls.filter((call) => call.split(" ")[0] === name);
  }

  /** Runs a call; tests that care about time put theirs around it. */
  protected async answer<T>(call: string, make: () => T): Promise<T> {
    this.calls.push(call);
    await (this.failure ? Promise.reject(this.failure) : Promise.resolve());
    const answer = make();
    const [name = ""] = call.split(" ");
    await (this.lateMs[name] && new Promise((arrive) => setTimeout(arrive, this.lateMs[name])));
    return answer;
  }

  private present(id: number): Notification {
    const entry = this.entries.get(id);
    if (!entry || entry.isDeleted) {
      throw new Refused(404, "not_found", "There is none");
    }
    return entry.notification;
  }

  private happen(notifications: readonly Notification[], frame: object, isDeleted = false): void {
    this.seq++;
    for (const notification of notifications) {
      this.entries.set(notification.id, { notification, changedSeq: this.seq, isDeleted });
    }
    this.announce({ ...this.numbers(), ...frame });
  }

  private slice(filter: InboxFilter, below: number): ListAnswer {
    const all = this.rows(filter);
    const rest = all.filter((row) => row.added_seq < below);
    const notifications = rest.slice(0, this.pageSize);
    const last = notifications.at(-1);
    const next = last && rest.length > this.pageSize ? JSON.stringify({ filter, below: last.added_seq }) : null;
    return { ...this.numbers(), count: all.length, notifications, next };
  }
}
