import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect } from "vitest";

// What React, a library or our own code complains of fails the test; one that provokes a complaint spies on it.
const complaints: unknown[][] = [];

beforeEach(() => {
  complaints.length = 0;
  console.error = (...complaint: unknown[]) => complaints.push(complaint);
});

afterEach(() => {
  cleanup();
  expect(complaints).toEqual([]);
});
