import { describe, expect, it } from "vitest";
import type { Notification } from "../src/client";
import { Witness } from "./witness";

function item(id: number, added_seq = id, is_read = false): Notification {
  return {
    id,
    added_seq,
    is_read,
    sender: null,
    sender_name: null,
    notification_type: "message",
    title: `n${id}`,
    message: "",
    data: {},
    course: null,
    created_at: "2026-11-24T10:00:00.000Z",
  };
}

describe("a witness who sees nothing would find every client right", () => {
  it.each<[string, Notification[], string]>([
    ["one twice", [item(2), item(2)], "2 is shown twice"],
    ["another order", [item(1), item(2)], "2 with 2 is shown below 1"],
    ["two with one number", [item(1, 5), item(2, 5)], "2 with 5 is shown below 5"],
  ])("sees %s", (_, list, violation) => {
    const witness = new Witness();
    witness.sees(list);
    expect(witness.violations).toEqual([violation]);
  });

  it("hears that one is announced again", () => {
    const witness = new Witness();
    [item(1), item(2), item(1)].forEach((fresh) => {
      witness.hears(fresh);
    });
    expect(witness.violations).toEqual(["1 is announced twice"]);
  });

  it("knows what the reader did", () => {
    const witness = new Witness();
    witness.wishes.want("read", [1, 2]);
    witness.wishes.want("unread", [2]);
    witness.wishes.want("deleted", [3]);
    witness.sees([item(2), item(1, 1, true)]);
    expect(witness.violations).toEqual([]);

    witness.sees([item(3), item(2, 2, true), item(1)]);
    expect(witness.violations).toEqual([
      "3 was made deleted, and is shown unread",
      "2 was made unread, and is shown read",
      "1 was made read, and is shown unread",
    ]);
  });

  it("lets what was unread become read by who reads all", () => {
    const witness = new Witness();
    witness.wishes.want("unread", [1]);
    witness.wishes.yieldUnread();
    witness.sees([item(1, 1, true)]);
    expect(witness.violations).toEqual([]);
  });

  it("counts no fewer than none", () => {
    const witness = new Witness();
    [null, 0, 3, -1].forEach((badge) => {
      witness.counts(badge);
    });
    expect(witness.violations).toEqual(["the badge says -1"]);
  });
});
