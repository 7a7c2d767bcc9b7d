import { describe, expect, it } from "vitest";
import { readRetryAfter } from "./problem";

const now = Date.parse("2026-11-24T10:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["1", 1_000],
    ["120", 120_000],
    ["Tue, 24 Nov 2026 10:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 09:59:00 GMT", 0],
    ["-5", 0],
  ])("%s", (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });

  it.each([null, "", "soon"])("%s says nothing", (header) => {
    expect(readRetryAfter(header, now)).toBeNull();
  });
});
