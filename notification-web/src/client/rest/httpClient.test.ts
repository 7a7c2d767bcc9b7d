import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignInRequired, Unreachable, readRetryAfter } from "./inboxApi";
import type { GetToken } from "../wire/liveSocket";
import { z } from "../wire/schema";
import { API, api, later, never, withApi } from "../../testing/belfry";
import { answers } from "../../testing/restAnswers";
import { HttpClient } from "./httpClient";

withApi();

const schema = z.object({ ok: z.boolean() });

const getToken = vi.fn<GetToken>();
const client = new HttpClient({ baseUrl: API, getToken });

beforeEach(() => {
  getToken.mockReset().mockResolvedValue("t1");
});

/** Answers each call, perhaps by its token. @returns the tokens of all calls */
function answering(answer: (token: string) => Response): string[] {
  const tokens: string[] = [];
  api.use(
    http.get(`${API}/api/thing/`, ({ request }) => {
      const token = (request.headers.get("Authorization") ?? "").replace("Bearer ", "");
      tokens.push(token);
      return answer(token);
    }),
  );
  return tokens;
}

const ask = () => client.ask(schema, "/api/thing/");
const failure = () =>
  ask().then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error,
  );
const unauthorized = () => answers.problem(401, "unauthorized", {}, { "WWW-Authenticate": "Bearer" });

describe("tokens", () => {
  it("are asked for anew when refused, and the call is repeated once", async () => {
    getToken.mockImplementation((refused) => Promise.resolve(refused === "t1" ? "t2" : "t1"));
    const tokens = answering((token) => (token === "t2" ? HttpResponse.json({ ok: true }) : unauthorized()));
    expect(await ask()).toEqual({ ok: true });
    expect(tokens).toEqual(["t1", "t2"]);
  });

  it.each<[string, string | null, string | null, string[]]>([
    ["refused twice", "t1", "t2", ["t1", "t2"]],
    ["refused and not renewed", "t1", null, ["t1"]],
    ["refused and given again", "t1", "t1", ["t1"]],
    ["not to be had", null, null, []],
  ])("that are %s need a sign-in", async (_, first, renewed, tried) => {
    getToken.mockImplementation((refused) => Promise.resolve(refused === undefined ? first : renewed));
    const tokens = answering(unauthorized);
    expect(await failure()).toBeInstanceOf(SignInRequired);
    expect(tokens).toEqual(tried);
  });

  it("that cannot be renewed now are no reason to sign in", async () => {
    getToken.mockRejectedValue(new TypeError("Failed to fetch"));
    expect(await failure()).toBeInstanceOf(Unreachable);
  });
});

describe("a problem", () => {
  it("of the caller is refused, with its fields", async () => {
    const errors = [
      { field: "title", message: "is too long" },
      { field: "data.url", message: "is not allowed" },
    ];
    answering(() => answers.problem(400, "invalid_fields", { errors }));
    const fields = new Map(errors.map(({ field, message }) => [field, message]));
    const told = { name: "Refused", status: 400, code: "invalid_fields", message: "Detail of invalid_fields", fields };
    expect(await failure()).toMatchObject(told);
  });

  const problem = (status: number, code: string, retryAfter?: string) => () =>
    answers.problem(status, code, {}, retryAfter === undefined ? {} : { "Retry-After": retryAfter });
  const page = (status: number) => () => HttpResponse.html("<h1>proxy</h1>", { status });
  const other = () => HttpResponse.json({ type: 7, errors: "many" }, { status: 418 });

  it.each<[number, string, () => Response, object]>([
    [403, "Refused", problem(403, "forbidden"), { code: "forbidden" }],
    [422, "Refused", problem(422, "idempotency_key_reused"), { code: "idempotency_key_reused" }],
    [418, "Refused", other, { code: "" }],
    [409, "Unreachable", problem(409, "in_progress", "1"), { retryAfterMs: 1_000, message: "Detail of in_progress" }],
    [429, "Unreachable", problem(429, "rate_limited", "42"), { retryAfterMs: 42_000 }],
    [503, "Unreachable", problem(503, "unavailable", "2"), { retryAfterMs: 2_000 }],
    [408, "Unreachable", page(408), { retryAfterMs: null }],
    [429, "Unreachable", page(429), { retryAfterMs: null }],
    [500, "Unreachable", page(500), { retryAfterMs: null }],
    [504, "Unreachable", page(504), { retryAfterMs: null }],
  ])("of status %i is %s", async (status, name, answer, told) => {
    answering(answer);
    expect(await failure()).toMatchObject({ name, status, ...told });
  });
});

describe("no answer", () => {
  it("is unreachable", async () => {
    answering(() => HttpResponse.error());
    expect(await failure()).toMatchObject({ name: "Unreachable", status: null, retryAfterMs: null });
  });

  it("within 10 s is given up", async () => {
    const asked = new Promise<void>((resolve) => api.use(http.get(`${API}/api/thing/`, () => (resolve(), never()))));
    let settled = false;
    const failed = failure().finally(() => (settled = true));
    await asked;
    await later(9_000);
    expect(settled).toBe(false);
    await later(1_000);
    expect(await failed).toMatchObject({ name: "Unreachable", message: "The server did not answer in time." });
  });
});

it.each([
  ["another form", () => HttpResponse.json({ ok: "yes" })],
  ["no JSON, as a hotel's sign-in page gives", () => HttpResponse.html("<h1>Welcome to our hotel</h1>")],
])("an answer of %s is unreachable, and told to the developer once", async (_, answer) => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const fresh = new HttpClient({ baseUrl: API, getToken });
  answering(answer);
  await expect(fresh.ask(schema, "/api/thing/")).rejects.toBeInstanceOf(Unreachable);
  await expect(fresh.ask(schema, "/api/thing/")).rejects.toBeInstanceOf(Unreachable);
  expect(warn).toHaveBeenCalledOnce();
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");

  it.each([
    ["0", 0],
    ["1", 1_000],
    ["120", 120_000],
    ["Tue, 24 Nov 2026 10:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 09:59:00 GMT", 0],
    ["-5", 0],
    [null, null],
    ["", null],
    ["soon", null],
  ])("%s is %s ms", (header, expected) => expect(readRetryAfter(header, now)).toBe(expected));
});
