import { expect, it } from "vitest";
import type { Notification } from "../src/client";
import { answers } from "../src/testing/restAnswers";
import { Witness } from "./witness";

const item = (id: number, added_seq = id, is_read = false): Notification =>
  answers.notification({ id, added_seq, is_read });

const done = (witness: Witness) => {
  witness.acts.record("read", [1, 2]);
  witness.acts.record("unread", [2]);
  witness.acts.record("deleted", [3]);
  return witness;
};

// A witness that sees nothing would find every client right.
it.each<[string, (witness: Witness) => void, string[]]>([
  ["one twice", (witness) => witness.sees([item(2), item(2)]), ["2 is shown twice"]],
  ["another order", (witness) => witness.sees([item(1), item(2)]), ["2 with 2 is shown below 1"]],
  ["two with one number", (witness) => witness.sees([item(1, 5), item(2, 5)]), ["2 with 5 is shown below 5"]],
  ["one announced again", (witness) => [1, 2, 1].forEach((id) => witness.hears(item(id))), ["1 is announced twice"]],
  ["fewer than none", (witness) => [null, 0, 3, -1].forEach((badge) => witness.counts(badge)), ["the badge says -1"]],
  ["what was done, and no violation in it", (witness) => done(witness).sees([item(2), item(1, 1, true)]), []],
  [
    "what is not as it was made",
    (witness) => done(witness).sees([item(3), item(2, 2, true), item(1)]),
    [
      "3 was made deleted, and is shown unread",
      "2 was made unread, and is shown read",
      "1 was made read, and is shown unread",
    ],
  ],
  [
    "no violation in what was unread and is read with all",
    (witness) => {
      done(witness).acts.forgetUnread();
      witness.sees([item(2, 2, true)]);
    },
    [],
  ],
])("a witness sees %s", (_, look, violations) => {
  const witness = new Witness();
  look(witness);
  expect(witness.violations).toEqual(violations);
});
