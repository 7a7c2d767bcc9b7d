import type { InboxApi } from "../client/rest/inboxApi";

interface Asked {
  readonly question: string;
  readonly answer: (answer: never) => void;
  readonly fail: (error: Error) => void;
}

/** An api that answers when the test says so. Questions are named as the conformance vectors name them. */
export class ScriptedApi implements InboxApi {
  /** Asked since this was last emptied, in order. */
  readonly asked: string[] = [];
  private open: Asked[] = [];

  readonly list: InboxApi["list"] = () => this.ask("list");
  readonly page: InboxApi["page"] = (next) => this.ask(`list?cursor=${next}`);
  readonly changes: InboxApi["changes"] = (after, epoch) => this.ask(`changes?after=${after}&epoch=${epoch}`);
  readonly unreadCount: InboxApi["unreadCount"] = () => this.ask("unread_count");
  readonly one: InboxApi["one"] = (id) => this.ask(`one ${id}`);
  readonly setRead: InboxApi["setRead"] = (id, read) => this.ask(`${read ? "mark_read" : "mark_unread"} ${id}`);
  readonly markAllRead: InboxApi["markAllRead"] = (upTo) => this.ask(`mark_all_read ${upTo}`);
  readonly remove: InboxApi["remove"] = (id) => this.ask(`delete ${id}`);

  /** Whether it was asked and is not answered. */
  isOpen(question: string): boolean {
    return this.open.some((asked) => asked.question === question);
  }

  /** @param answer an error makes the call fail with it */
  answer(question: string, answer: object): void {
    const asked = this.open.find((one) => one.question === question);
    if (!asked) {
      throw new Error(`${question} is not asked, only ${this.open.map((one) => one.question).join(", ") || "nothing"}`);
    }
    this.open = this.open.filter((one) => one !== asked);
    if (answer instanceof Error) {
      asked.fail(answer);
    } else {
      asked.answer(answer as never);
    }
  }

  private ask<T>(question: string): Promise<T> {
    this.asked.push(question);
    return new Promise<T>((answer, fail) => this.open.push({ question, answer, fail }));
  }
}
