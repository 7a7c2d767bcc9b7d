import { describe, expect, it } from "vitest";
import { StormGuard } from "./stormGuard";

const admitted = (guard: StormGuard, times: readonly number[]) => times.map((time) => guard.admits(time));

describe("StormGuard", () => {
  it("admits six within ten seconds, and not the seventh", () => {
    const times = [0, 1, 2, 3, 4, 5, 9_999];
    expect(admitted(new StormGuard(), times)).toEqual([true, true, true, true, true, true, false]);
  });

  it("admits the seventh ten seconds after the first", () => {
    const times = [0, 1, 2, 3, 4, 5, 10_000];
    expect(admitted(new StormGuard(), times)).toEqual(times.map(() => true));
  });

  it("admits any number of them that come slowly", () => {
    const times = Array.from({ length: 100 }, (_, index) => index * 2_000);
    expect(admitted(new StormGuard(), times)).toEqual(times.map(() => true));
  });

  it("stays closed as long as the storm lasts, and opens after it", () => {
    const guard = new StormGuard();
    const storm = Array.from({ length: 100 }, (_, index) => index * 500);
    expect(admitted(guard, storm).slice(6)).not.toContain(true);
    expect(guard.admits(49_500 + 10_000)).toBe(true);
  });

  it("takes other measures", () => {
    expect(admitted(new StormGuard(1, 100), [0, 50, 149, 249])).toEqual([true, false, false, true]);
  });
});
