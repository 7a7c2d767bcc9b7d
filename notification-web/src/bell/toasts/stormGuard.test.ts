import { expect, it } from "vitest";
import { StormGuard } from "./stormGuard";

const every = (ms: number) => Array.from({ length: 100 }, (_, index) => index * ms);
const six = Array<boolean>(6).fill(true);
const refused = Array<boolean>(94).fill(false);

it.each<[string, readonly number[], readonly boolean[]]>([
  ["six within ten seconds, and not the seventh", [0, 1, 2, 3, 4, 5, 9_999], [...six, false]],
  ["the seventh ten seconds after the first", [0, 1, 2, 3, 4, 5, 10_000], [...six, true]],
  ["any number of them that come slowly", every(2_000), every(2_000).map(() => true)],
  ["none of a storm, and what comes after it", [...every(500), 59_500], [...six, ...refused, true]],
])("admits %s", (_, times, admitted) => {
  const guard = new StormGuard();
  expect(times.map((time) => guard.admits(time))).toEqual(admitted);
});
