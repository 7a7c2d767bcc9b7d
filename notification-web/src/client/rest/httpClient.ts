import { warnOfBaseUrl, warnOfToken } from "./development";
import { Episodes, type ReportedError } from "./episodes";
import { SignInRequired, Unreachable, failureOf } from "./inboxApi";
import type { GetToken } from "../wire/liveSocket";
import { serverClock } from "../wire/serverClock";
import type { z } from "../wire/schema";

export interface HttpSettings {
  /** Where the api is: `https://belfry.example`, a path of this origin, or "" for this origin. */
  readonly baseUrl: string;
  readonly getToken: GetToken;
  /** Hears of calls that fail, once until they go well again; must not throw. */
  readonly onError?: ((error: ReportedError) => void) | undefined;
}

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request outlives the page. */
  readonly keepalive?: boolean;
}

const TIMEOUT_MS = 10_000;

type AnySchema = z.ZodMiniType;

/** One call = one answer that has the asked form, or `Refused`, `Unreachable`, `SignInRequired`. */
export class HttpClient {
  private readonly base: string;
  private readonly misfits = new WeakSet<AnySchema>();
  private readonly episodes: Episodes;

  constructor(private readonly settings: HttpSettings) {
    this.base = settings.baseUrl.replace(/\/+$/, "");
    this.episodes = new Episodes((error) => settings.onError?.(error));
    warnOfBaseUrl(settings.baseUrl);
  }

  /** @param path from `/api/` on */
  async ask<S extends AnySchema>(schema: S, path: string, call: Call = {}): Promise<z.infer<S>> {
    const { text } = await this.request(path, call);
    const body = parse(text);
    const answer = schema.safeParse(body);
    if (answer.success) {
      return answer.data;
    }
    const failure = new Unreachable("The server's answer was not understood.");
    if (!this.misfits.has(schema)) {
      this.misfits.add(schema);
      console.warn(`Belfry: the answer to ${path} does not have the form of the contract`, answer.error.issues);
      this.settings.onError?.({ kind: "unexpected_answer", error: failure, path });
    }
    throw failure;
  }

  /** What is answered, as it is. */
  async text(path: string, type: string): Promise<string> {
    const { text } = await this.request(path, { headers: { Accept: type } });
    return text;
  }

  /** For calls whose answer has no body. */
  async tell(path: string, call: Call): Promise<void> {
    await this.request(path, call);
  }

  /** Follows `next` of an earlier answer at the address that this client was given, whatever the api takes for its own. */
  follow<S extends AnySchema>(schema: S, next: string): Promise<z.infer<S>> {
    const { pathname, search } = new URL(next, "http://localhost");
    return this.ask(schema, pathname.slice(Math.max(0, pathname.lastIndexOf("/api/"))) + search);
  }

  private async request(path: string, call: Call): Promise<Exchange> {
    try {
      const answer = await this.answerTo(path, call);
      this.episodes.answered(path);
      return answer;
    } catch (error) {
      this.episodes.failed(error, path);
      throw error;
    }
  }

  private async answerTo(path: string, call: Call): Promise<Exchange> {
    const token = await this.token();
    const url = this.base + path;
    const first = await exchange(url, call, token);
    if (first.response.status !== 401) {
      return successful(first);
    }
    const newer = await this.token(token);
    if (newer === token) {
      throw new SignInRequired(newer !== null);
    }
    const second = await exchange(url, call, newer);
    if (second.response.status === 401) {
      throw new SignInRequired(true);
    }
    return successful(second);
  }

  private async token(refused?: string): Promise<string> {
    let token: string | null;
    try {
      token = await this.settings.getToken(refused);
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable("The sign-in could not be renewed for the moment.");
    }
    warnOfToken(token);
    if (token === null) {
      throw new SignInRequired();
    }
    return token;
  }
}

interface Exchange {
  readonly response: Response;
  readonly text: string;
}

/** One request and the whole of its answer, whatever it says; rejects with `Unreachable` if there is none within 10 s. */
export async function exchange(url: string, call: Call, token?: string): Promise<Exchange> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(new URL(url, globalThis.location?.href), {
      method: call.method ?? "GET",
      headers: {
        Accept: "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...call.headers,
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      keepalive: call.keepalive ?? false,
      signal: timeout.signal,
    });
    serverClock.hear(response.headers.get("Date"));
    return { response, text: await response.text() };
  } catch {
    throw new Unreachable(
      timeout.signal.aborted ? "The server did not answer in time." : "The server cannot be reached.",
    );
  } finally {
    clearTimeout(timer);
  }
}

/** @throws what a status of 400 or above means */
export function bodyOf(answer: Exchange): unknown {
  return parse(successful(answer).text);
}

function successful(answer: Exchange): Exchange {
  if (!answer.response.ok) {
    throw failureOf(answer.response, parse(answer.text));
  }
  return answer;
}

/** @returns undefined for what is no JSON, which fits no schema */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
