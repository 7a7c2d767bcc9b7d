import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { api, withApi } from "../testing/belfry";
import { tokenFrom } from "./tokenFrom";

withApi();

const URL = "https://campus.test/belfry-token";
const answer = (text: string, status = 200) => api.use(http.get(URL, () => new HttpResponse(text, { status })));

describe("the page's server", () => {
  it("gives the token, past the browser's cache when the one before is about to end", async () => {
    const caches: string[] = [];
    api.use(
      http.get(URL, ({ request }) => {
        caches.push(request.cache);
        return new HttpResponse("t1\n");
      }),
    );
    expect(await tokenFrom(URL)).toBe("t1");
    expect(await tokenFrom(URL, "t0")).toBe("t1");
    expect(caches).toEqual(["default", "reload"]);
  });

  it.each([
    ["401", "sign in", 401],
    ["403", "sign in", 403],
    ["nothing", "", 200],
  ])("says by %s that the user has to sign in", async (_, text, status) => {
    answer(text, status);
    expect(await tokenFrom(URL)).toBeNull();
  });

  it("is asked again later when it does not know", async () => {
    answer("t1", 500);
    await expect(tokenFrom(URL)).rejects.toThrow("500");
  });
});
