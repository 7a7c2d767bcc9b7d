import { expect, it } from "vitest";
import { newIdempotencyKey } from "./idempotencyKey";

it("is another each time", () => {
  expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
});

it("is to be had where the page came by plain http", () => {
  const insecure = { getRandomValues: crypto.getRandomValues.bind(crypto) };
  const keys = [newIdempotencyKey(insecure), newIdempotencyKey(insecure)];

  expect(new Set(keys).size).toBe(2);
  keys.forEach((key) => expect(key).toMatch(/^[0-9a-f]{32}$/));
});
