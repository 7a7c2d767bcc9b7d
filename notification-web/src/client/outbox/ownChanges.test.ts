import { expect, it } from "vitest";
import { SimulatedInbox } from "../../testing/simulatedInbox";
import type { OwnChange } from "../inboxState";
import { InboxItems } from "../replica/items";
import { badge, type Pending } from "./ownChanges";

const inbox = new SimulatedInbox();
const [oldest, middle, newest] = [inbox.add(), inbox.add(), inbox.add()];
inbox.change("read", middle);
const items = InboxItems.of(inbox.rows(), inbox.seq);

const pending = (...changes: OwnChange[]): Pending[] =>
  changes.map((change, index) => ({ id: String(index), change, answeredSeq: null }));
const allRead = (upTo: number): OwnChange => ({ kind: "all_read", upTo, upToSeq: items.get(upTo)?.added_seq ?? 0 });
const one = (kind: "read" | "unread" | "deleted", id: number): OwnChange => ({ kind, id });
it.each<[string, number, OwnChange[]]>([
  ["nothing", 2, []],
  ["reading one", 1, [one("read", oldest)]],
  ["reading one twice", 1, [one("read", oldest), one("read", oldest)]],
  ["reading one that is read", 2, [one("read", middle)]],
  ["reading one and taking it back", 2, [one("read", oldest), one("unread", oldest)]],
  ["making one unread and reading it again", 2, [one("unread", middle), one("read", middle)]],
  ["making one unread", 3, [one("unread", middle)]],
  ["deleting an unread one", 1, [one("deleted", oldest)]],
  ["deleting a read one", 2, [one("deleted", middle)]],
  ["reading one that is not known here", 2, [one("read", 1)]],
  ["reading all but the newest", 1, [allRead(middle)]],
  ["reading all and one unread again", 1, [allRead(newest), one("unread", oldest)]],
])("own changes count in the badge: %s", (_, expected, changes) =>
  expect(badge(2, items, pending(...changes))).toBe(expected),
);

it("own changes that are answered are in the numbers already, if any were heard", () => {
  const answered = pending({ kind: "read", id: oldest }).map((entry) => ({ ...entry, answeredSeq: inbox.seq + 1 }));
  expect(badge(1, items, answered)).toBe(1);
  expect(badge(null, items, answered)).toBeNull();
});
