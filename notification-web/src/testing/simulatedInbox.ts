import { matches } from "../client/view/ground";
import { type ChangesAnswer, type InboxApi, type InboxFilter, type ListAnswer, Refused } from "../client/rest/inboxApi";
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
  private readonly entries = new Map<number, Entry>();
  private nextId = 9_000;

  /** @param announce hears the frame of each change */
  constructor(private readonly announce: (frame: object) => void = () => {}) {}

  get unread(): number {
    return this.rows().filter((row) => !row.is_read).length;
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
    this.seq++;
    const content = {
      id,
      sender: 3,
      sender_name: "Ines Costa",
      notification_type: "course_update",
      title: `Title ${id}`,
      message: `Message ${id}`,
      data: {},
      course: 42,
      created_at: new Date().toISOString(),
      ...fields,
    };
    const notification = { ...content, is_read: false, added_seq: this.seq };
    this.entries.set(id, { notification, changedSeq: this.seq, isDeleted: false });
    this.announce({ type: "notification", ...this.numbers(), notification: content });
    return id;
  }

  fill(count: number): void {
    for (let i = 0; i < count; i++) {
      this.add();
    }
  }

  change(kind: "read" | "unread" | "deleted", id: number): Numbers {
    const entry = this.entries.get(id);
    if (!entry || entry.isDeleted) {
      throw new Refused(404, "not_found", "There is none");
    }
    const isRead = kind === "read";
    if (kind === "deleted" || entry.notification.is_read !== isRead) {
      this.seq++;
      const notification = kind === "deleted" ? entry.notification : { ...entry.notification, is_read: isRead };
      this.entries.set(id, { notification, changedSeq: this.seq, isDeleted: kind === "deleted" });
      this.announce({ type: "inbox", ...this.numbers(), change: kind, ids: [id] });
    }
    return this.numbers();
  }

  readAll(upTo: number): Numbers {
    const upToSeq = this.entries.get(upTo)?.notification.added_seq ?? 0;
    const unread = this.rows().filter((row) => !row.is_read && row.added_seq <= upToSeq);
    if (unread.length > 0) {
      this.seq++;
      unread.forEach((row) => {
        const notification = { ...row, is_read: true };
        this.entries.set(row.id, { notification, changedSeq: this.seq, isDeleted: false });
      });
      this.announce({ type: "inbox", ...this.numbers(), change: "all_read", up_to: upTo, up_to_seq: upToSeq });
    }
    return this.numbers();
  }

  numbers(): Numbers {
    return { seq: this.seq, unread: this.unread, epoch: this.epoch };
  }

  list(filter: InboxFilter): Promise<ListAnswer> {
    return this.answer(`list ${JSON.stringify(filter)}`, () => this.slice(filter, Infinity));
  }

  page(next: string): Promise<ListAnswer> {
    const { filter, below } = JSON.parse(next) as { filter: InboxFilter; below: number };
    return this.answer(`page ${next}`, () => this.slice(filter, below));
  }

  changes(after: number, epoch: string): Promise<ChangesAnswer> {
    return this.answer(`changes ${after}`, () => {
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
  }

  unreadCount(): Promise<Numbers> {
    return this.answer("unreadCount", () => this.numbers());
  }

  one(id: number): Promise<Numbers & { readonly notification: Notification }> {
    return this.answer(`one ${id}`, () => {
      const entry = this.entries.get(id);
      if (!entry || entry.isDeleted) {
        throw new Refused(404, "not_found", "There is none");
      }
      return { ...this.numbers(), notification: entry.notification };
    });
  }

  setRead(id: number, read: boolean): Promise<Numbers> {
    return this.answer(`setRead ${id} ${read}`, () => this.change(read ? "read" : "unread", id));
  }

  markAllRead(upTo: number): Promise<Numbers> {
    return this.answer(`markAllRead ${upTo}`, () => this.readAll(upTo));
  }

  remove(id: number, keepalive: boolean): Promise<void> {
    return this.answer(`remove ${id}${keepalive ? " keepalive" : ""}`, () => void this.change("deleted", id));
  }

  /** What was called, by the first word. */
  called(name: string): string[] {
    return this.calls.filter((call) => call.split(" ")[0] === name);
  }

  /** Runs a call; tests that care about time put theirs around it. */
  protected answer<T>(call: string, make: () => T): Promise<T> {
    this.calls.push(call);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve().then(make);
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
