import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";

/** The demo school: ines instructs course 1 (ana, bruno and 28 others), omar course 2 (chen); root is admin. */
export type DemoPerson = "ines" | "omar" | "ana" | "bruno" | "chen" | "root";

export interface Inbox {
  readonly count: number;
  readonly unread: number;
  readonly results: readonly { readonly id: number; readonly title: string; readonly is_read: boolean }[];
}

export interface Message {
  readonly title?: string;
  readonly message?: string;
  readonly notification_type?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What happens at the api without the page: other people, other devices, other services. */
export class School {
  private readonly tokens = new Map<DemoPerson, Promise<SignedIn>>();

  constructor(private readonly url: string) {}

  /** As another service does: any type, any data, without a limit. @returns when it is stored */
  async notify(person: DemoPerson, message: Message): Promise<void> {
    const { user } = await this.signedIn(person);
    const body = { audience: { users: [user.id] }, notification_type: "message", message: "A message.", ...message };
    const key = { "Idempotency-Key": randomUUID() };
    const { request_id } = await this.call<{ request_id: string }>("root", "POST", "/api/notifications/", body, key);
    const request = () => this.call<{ status: string }>("root", "GET", `/api/notification-requests/${request_id}/`);
    const patience = { timeout: 20_000, intervals: [50, 100, 250] };
    await expect.poll(async () => (await request()).status, patience).toBe("stored");
  }

  /** Leaves a person with these alone, the last one newest. */
  async fill(person: DemoPerson, ...titles: readonly string[]): Promise<void> {
    await this.empty(person);
    for (const title of titles) {
      await this.notify(person, { title });
    }
  }

  async token(person: DemoPerson): Promise<string> {
    return (await this.signedIn(person)).access;
  }

  inbox(person: DemoPerson, query = "page_size=100"): Promise<Inbox> {
    return this.call<Inbox>(person, "GET", `/api/notifications/?${query}`);
  }

  async unread(person: DemoPerson): Promise<number> {
    return (await this.inbox(person, "page_size=1")).unread;
  }

  /** Removes all that a person has, so that a test begins with nothing. */
  async empty(person: DemoPerson): Promise<void> {
    for (let inbox = await this.inbox(person); inbox.results.length > 0; inbox = await this.inbox(person)) {
      await Promise.all(inbox.results.map(({ id }) => this.call(person, "DELETE", `/api/notifications/${id}/`)));
    }
  }

  /** @throws Error unless the answer is a success */
  async call<T = unknown>(person: DemoPerson, method: string, path: string, body?: unknown, headers = {}): Promise<T> {
    const response = await this.fetch(method, path, body, {
      Authorization: `Bearer ${(await this.signedIn(person)).access}`,
      ...headers,
    });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  private signedIn(person: DemoPerson): Promise<SignedIn> {
    const signIn = () => this.fetch("POST", "/api/demo/token", { username: person }, {});
    const known = this.tokens.get(person) ?? signIn().then((answer) => answer.json() as Promise<SignedIn>);
    this.tokens.set(person, known);
    return known;
  }

  private async fetch(method: string, path: string, body: unknown, headers: Record<string, string>) {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}

interface SignedIn {
  readonly access: string;
  readonly user: { readonly id: number; readonly name: string };
}
