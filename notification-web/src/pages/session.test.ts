import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { api, withApi } from "../testing/belfry";
import { ines } from "../testing/demo";
import { answers } from "../testing/restAnswers";
import { Session } from "./session";

withApi();

const MINUTE = 60_000;

/** For 15 minutes by the clock of a server that lives in another year than this browser. */
const token = (name: string) =>
  `h.${btoa(JSON.stringify({ sub: "2", name, iat: 1_600_000_000, exp: 1_600_000_900 }))}.s`;

/** @returns a session, and what hears of its changes */
async function signedIn(access = token("first")) {
  api.use(http.post("*/api/demo/token", () => HttpResponse.json({ access, refresh: "refresh-1", user: ines })));
  const session = new Session();
  const told = vi.fn();
  session.subscribe(told);
  await session.signIn("ines");
  return { session, told };
}

/** @returns the refresh token of each call */
function refreshing(answer: () => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  api.use(
    http.post("*/api/demo/token/refresh", async ({ request }) => {
      asked.push(((await request.json()) as { refresh: string }).refresh);
      return answer();
    }),
  );
  return asked;
}

describe("a session", () => {
  it("has one after signing in, tells it, and outlives a reload of the tab, in the tab alone", async () => {
    const { session, told } = await signedIn();
    expect([session.state(), new Session().state()]).toEqual([{ user: ines }, { user: ines }]);
    expect(told).toHaveBeenCalledOnce();
    expect(await session.getToken()).toBe(token("first"));
    expect(localStorage).toHaveLength(0);
  });

  it("lives in memory where the browser keeps nothing", async () => {
    vi.spyOn(window, "sessionStorage", "get").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const { session } = await signedIn();
    expect(session.state()).toEqual({ user: ines });
    expect(await session.getToken()).toBe(token("first"));
    session.signOut();
    expect(session.state()).toEqual({ user: null, reason: "left" });
  });

  it.each([
    ["signOut", "left"],
    ["end", "ended"],
  ] as const)("ends once by %s, and its tokens with it", async (how, reason) => {
    const { session, told } = await signedIn();
    told.mockClear();
    session[how]();
    session.end();
    expect(session.state()).toEqual({ user: null, reason });
    expect(told).toHaveBeenCalledOnce();
    expect(sessionStorage).toHaveLength(0);
    expect(await session.getToken()).toBeNull();
  });
});

describe("a token", () => {
  const second = () => HttpResponse.json({ access: token("second") });

  it("is renewed 30 s before it ends, whatever the year is here", async () => {
    const { session } = await signedIn();
    const asked = refreshing(second);
    vi.setSystemTime(Date.now() + 15 * MINUTE - 31_000);
    expect(await session.getToken()).toBe(token("first"));
    vi.setSystemTime(Date.now() + 1_001);
    expect([await session.getToken(), await session.getToken()]).toEqual([token("second"), token("second")]);
    expect(asked).toEqual(["refresh-1"]);
    expect(new Session().state()).toEqual({ user: ines });
  });

  it("that was refused is renewed once, however long it would last, and for all who ask at the same time", async () => {
    const { session } = await signedIn();
    const asked = refreshing(second);
    const ask = () => session.getToken(token("first"));
    const all = [...(await Promise.all([ask(), ask(), ask()])), await ask(), await session.getToken()];
    expect(new Set(all)).toEqual(new Set([token("second")]));
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["without a network", () => HttpResponse.error()],
    ["while the api is down", () => answers.problem(503, "unavailable")],
    ["behind a hotel's sign-in page", () => HttpResponse.html("<h1>Welcome</h1>")],
  ])("that cannot be renewed %s is asked for again later", async (_, answer) => {
    const { session } = await signedIn();
    refreshing(answer);
    await expect(session.getToken(token("first"))).rejects.toMatchObject({ name: "Unreachable" });
    expect(session.state()).toEqual({ user: ines });
    refreshing(second);
    expect(await session.getToken(token("first"))).toBe(token("second"));
  });

  it("that cannot be read is used until it is refused", async () => {
    const { session } = await signedIn("opaque");
    vi.setSystemTime(Date.now() + 24 * 60 * MINUTE);
    expect(await session.getToken()).toBe("opaque");
  });

  it("that is renewed after the user left is dropped", async () => {
    const { session } = await signedIn();
    refreshing(() => {
      session.signOut();
      return second();
    });
    expect(await session.getToken(token("first"))).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });
});
