import { beforeEach, expect, it, vi } from "vitest";
import type * as development from "./development";

/** What is said is said once in a page: each test has its own. */
let warnings: typeof development;
const said = vi.fn();

beforeEach(async () => {
  vi.resetModules();
  warnings = await import("./development");
  vi.spyOn(console, "warn").mockImplementation(said);
  said.mockReset();
  vi.stubEnv("NODE_ENV", "development");
});

it.each([
  ["Bearer a.b.c", /without "Bearer "/],
  ["", /an empty text/],
  ["opaque", /JSON Web Token/],
  [{ access: "a.b.c" }, /an object/],
  [undefined, /undefined/],
])("says once that %j is no token", (token, words) => {
  warnings.warnOfToken(token);
  warnings.warnOfToken(token);
  expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(words));
});

it.each([["a.b_c.d-e"], [null]])("has nothing to say of %j", (token) => {
  warnings.warnOfToken(token);
  expect(said).not.toHaveBeenCalled();
});

it.each([
  ["notify.example.org", 1],
  ["https://notify.example.org", 0],
  ["/belfry", 0],
  ["", 0],
])("says that an address needs a scheme: %j", (address, times) => {
  warnings.warnOfBaseUrl(address);
  expect(said).toHaveBeenCalledTimes(times);
});

it("says nothing in production, nor in the tests of a platform", () => {
  for (const mode of ["production", "test"]) {
    vi.stubEnv("NODE_ENV", mode);
    warnings.warnOfToken("opaque");
    warnings.warnOfBaseUrl("notify.example.org");
  }
  expect(said).not.toHaveBeenCalled();
});
