import type { ChangesAnswer, ListAnswer } from "../rest/inboxApi";
import type { InboxFrame } from "../wire/frames";
import type { Notification, Numbers } from "../wire/notification";
import { stepTo, inTurn, type Step } from "../step";
import { changeOf, type Change } from "./change";
import { InboxItems } from "./items";

/**
 * A copy of one inbox, kept by the client's rule (docs/protocol.md), and what is asked to keep it. Two numbers: `shown`,
 * the highest heard at any door, whose `unread` is the badge; and `applied`, up to which the items are whole. `applied`
 * moves by the frame after it, and by an answer of `changes` or of the first page; by nothing else.
 *
 * Never changed: {@link reduce} makes the next one of it and of what happened. No sockets, no clocks, no chance.
 */
export interface Replica {
  readonly items: InboxItems;
  /** Null before anything was heard. */
  readonly epoch: string | null;
  readonly shown: number;
  /** The badge; null before anything was heard. */
  readonly unread: number | null;
  readonly applied: number;
  /** Whether the first page has been taken, so that `items` mean something. */
  readonly isLoaded: boolean;
  /** Frames that are further ahead, by number. */
  readonly waiting: ReadonlyMap<number, InboxFrame>;
  /** `list` or `changes` is asked: until it is answered or has failed, frames are kept and none is applied. */
  readonly isAsking: boolean;
  /** It failed, and is not asked again until the back-off ends. */
  readonly isBackingOff: boolean;
  /** While a gap has its time: `applied` when that began. */
  readonly gapFrom: number | null;
  /** While `unread_count` is asked: `applied` when it was. */
  readonly checkedFrom: number | null;
  readonly checkMs: number;
  /** The next greeting comes for a reason of this page's own: it is followed by a check. */
  readonly isAwaited: boolean;
}

export type ReplicaEvent =
  | { readonly type: "started" }
  | { readonly type: "frame"; readonly frame: InboxFrame }
  /** A gateway's greeting. The hint tells what frames will not bring; that nothing is missing it does not: it may be old. */
  | { readonly type: "welcome"; readonly checkSeconds: number; readonly hint: Numbers | null }
  /** Numbers from any other door, such as the answer to an own change. */
  | { readonly type: "numbers"; readonly numbers: Numbers }
  /** Rows of a further page or of a filtered list, or a single one. */
  | { readonly type: "page"; readonly rows: readonly Notification[]; readonly numbers: Numbers }
  /** `keptAt`: it was kept since then, in ms since 1970. */
  | { readonly type: "list"; readonly answer: ListAnswer; readonly keptAt?: number | undefined }
  | { readonly type: "changes"; readonly answer: ChangesAnswer }
  | { readonly type: "checked"; readonly numbers: Numbers }
  | { readonly type: "failed"; readonly question: Question["question"] }
  | { readonly type: "timer"; readonly timer: ReplicaTimer; readonly isVisible: boolean }
  /** The reader came back to look, or the network did. */
  | { readonly type: "returned" }
  /** This tab opens the socket from now on. */
  | { readonly type: "leading" };

export type ReplicaTimer = "gap" | "backOff" | "check" | "awaited";

export type Question =
  | { readonly question: "list" | "check" }
  | { readonly question: "changes"; readonly after: number; readonly epoch: string };

/** What is to be done at the edge, in order. */
export type ReplicaEffect =
  | ({ readonly do: "ask" } & Question)
  /** In place of a former one of that name: ends after `ms` and as much of `jitterMs` as is drawn. */
  | {
      readonly do: "time";
      readonly timer: Exclude<ReplicaTimer, "backOff">;
      readonly ms: number;
      readonly jitterMs: number;
    }
  | { readonly do: "backOff" }
  /** The next back-off is the first again; one that runs is over. */
  | { readonly do: "resetBackOff" }
  | { readonly do: "cancel"; readonly timer: ReplicaTimer }
  /** A frame brought it in its turn: it happened just now. */
  | { readonly do: "announce"; readonly change: Change }
  | { readonly do: "listed"; readonly answer: ListAnswer }
  | { readonly do: "listFailed" }
  /** The api just said that nothing is missing. */
  | { readonly do: "confirm" };

export type ReplicaStep = Step<Replica, ReplicaEffect>;

const to: (replica: Replica, ...effects: ReplicaEffect[]) => ReplicaStep = stepTo;

/** How long frames may take to fill a gap, and as much again at most of jitter. */
const GAP_MS = 300;
/** How long after the reader came back the next greeting is theirs. */
const AWAITED_MS = 30_000;
/** As the contract has it, until a gateway says otherwise. */
const CHECK_SECONDS = 60;

export const emptyReplica: Replica = {
  items: InboxItems.none,
  epoch: null,
  shown: 0,
  unread: null,
  applied: 0,
  isLoaded: false,
  waiting: new Map(),
  isAsking: false,
  isBackingOff: false,
  gapFrom: null,
  checkedFrom: null,
  checkMs: CHECK_SECONDS * 1000,
  isAwaited: false,
};

/** Nothing is missing, as far as was heard. */
export function isWhole({ isLoaded, shown, applied }: Replica): boolean {
  return isLoaded && shown <= applied;
}

/** The client's rule. */
export function reduce(replica: Replica, event: ReplicaEvent): ReplicaStep {
  switch (event.type) {
    case "started":
      return inTurn(checkIn(replica, replica.checkMs), plan);
    case "frame":
      return inTurn(to(keep(heard(replica, event.frame), event.frame)), applyWaiting, plan);
    case "welcome":
      return welcomed(replica, event.checkSeconds, event.hint);
    case "numbers":
      return plan(heard(replica, event.numbers));
    case "page": {
      const next = heard(replica, event.numbers);
      return plan({ ...next, items: next.items.withPage(event.rows, event.numbers.seq) ?? next.items });
    }
    case "list":
      return answered(inTurn(listed(replica, event.answer), applyWaiting, settle));
    case "changes":
      return answered(inTurn(to(changed(replica, event.answer)), applyWaiting, settle));
    case "checked":
      return checked(replica, event.numbers);
    case "failed":
      return failed(replica, event.question);
    case "timer":
      return ended(replica, event.timer, event.isVisible);
    case "returned":
      return returned(replica);
    case "leading":
      return awaitNews(replica);
  }
}

/** Late numbers do no harm; those of another history forget all but the items, which stay to be looked at. */
function heard(replica: Replica, { seq, unread, epoch }: Numbers): Replica {
  const own = replica.epoch !== null && replica.epoch !== epoch ? forgotten(replica) : replica;
  const isNews = seq > own.shown || own.unread === null;
  return { ...own, epoch, ...(isNews && { shown: seq, unread }) };
}

function forgotten(replica: Replica): Replica {
  return { ...replica, isLoaded: false, shown: 0, unread: null, applied: 0, waiting: new Map() };
}

function keep(replica: Replica, frame: InboxFrame): Replica {
  return frame.seq > replica.applied
    ? { ...replica, waiting: new Map(replica.waiting).set(frame.seq, frame) }
    : replica;
}

/** Applies the frames whose turn it is. One that is not understood is a gap. */
function applyWaiting(replica: Replica): ReplicaStep {
  if (replica.isAsking || !replica.isLoaded || replica.waiting.size === 0) {
    return to(replica);
  }
  let { applied } = replica;
  const changes: { seq: number; change: Change }[] = [];
  for (let frame = replica.waiting.get(applied + 1); frame; frame = replica.waiting.get(applied + 1)) {
    const change = changeOf(frame);
    if (change === null) {
      break;
    }
    changes.push({ seq: frame.seq, change });
    applied = frame.seq;
  }
  const waiting = new Map([...replica.waiting].filter(([seq]) => seq > applied));
  const items = changes.length > 0 ? replica.items.with(changes) : replica.items;
  const effects = changes.map(({ change }): ReplicaEffect => ({ do: "announce", change }));
  return to({ ...replica, items, applied, waiting }, ...effects);
}

function listed(replica: Replica, answer: ListAnswer): ReplicaStep {
  const own = answer.epoch === replica.epoch ? replica : forgotten(replica);
  const items = InboxItems.of(answer.notifications, answer.seq);
  const next = { ...own, epoch: answer.epoch, items, isLoaded: true, applied: answer.seq, isAsking: false };
  return to(heard(next, answer), { do: "listed", answer });
}

function changed(replica: Replica, answer: ChangesAnswer): Replica {
  const { seq, epoch, notifications, deleted } = answer;
  if (answer.reset || epoch !== replica.epoch || seq < replica.applied) {
    return { ...forgotten(replica), epoch, isAsking: false };
  }
  const items = replica.items.with([{ seq, change: { kind: "present", notifications, deleted } }]);
  return heard({ ...replica, items, applied: seq, isAsking: false }, answer);
}

function settle(replica: Replica): ReplicaStep {
  return to({ ...replica, isBackingOff: false }, { do: "resetBackOff" });
}

function answered(step: ReplicaStep): ReplicaStep {
  return inTurn(step, (replica) => (isWhole(replica) ? to(replica, { do: "confirm" }) : to(replica)), plan);
}

/** Being below what was applied when it was asked means that the database went back in time without saying so. */
function checked(replica: Replica, numbers: Numbers): ReplicaStep {
  const isBack = numbers.epoch === replica.epoch && numbers.seq < (replica.checkedFrom ?? 0);
  const next = heard(isBack ? forgotten(replica) : replica, numbers);
  return inTurn(answered(to({ ...next, checkedFrom: null })), nextCheck);
}

function failed(replica: Replica, question: Question["question"]): ReplicaStep {
  if (question === "check") {
    return nextCheck({ ...replica, checkedFrom: null });
  }
  const effects: ReplicaEffect[] = replica.isLoaded ? [{ do: "backOff" }] : [{ do: "backOff" }, { do: "listFailed" }];
  return inTurn(to({ ...replica, isAsking: false, isBackingOff: true }, ...effects), applyWaiting);
}

function ended(replica: Replica, timer: ReplicaTimer, isVisible: boolean): ReplicaStep {
  switch (timer) {
    case "gap": {
      const isStill = replica.gapFrom === replica.applied && !isWhole(replica) && replica.isLoaded;
      const next = { ...replica, gapFrom: null };
      return isStill && !next.isAsking ? askChanges(next) : plan(next);
    }
    case "backOff":
      return plan({ ...replica, isBackingOff: false });
    case "check":
      return isVisible && replica.isLoaded ? check(replica) : nextCheck(replica);
    case "awaited":
      return to({ ...replica, isAwaited: false });
  }
}

function welcomed(former: Replica, checkSeconds: number, hint: Numbers | null): ReplicaStep {
  const { isAwaited } = former;
  const replica = { ...(hint ? heard(former, hint) : former), checkMs: checkSeconds * 1000, isAwaited: false };
  const isBehind = hint !== null && replica.isLoaded && !isWhole(replica) && !replica.isAsking;
  const step = isBehind ? askChanges(replica) : plan(replica);
  return inTurn(to(step.state, ...step.effects, { do: "cancel", timer: "awaited" }), (next) => {
    if (isAwaited) {
      return check(next);
    }
    // At a random moment: thousands may have lost the same gateway. What is asked for above tells more than a check.
    return isBehind ? nextCheck(next) : checkIn(next, 0, next.checkMs / 2);
  });
}

/** Now, and again when the socket is there, which missed what was between. */
function returned(replica: Replica): ReplicaStep {
  return inTurn(settle(replica), awaitNews, (next) => (next.isLoaded || next.isAsking ? check(next) : plan(next)));
}

function awaitNews(replica: Replica): ReplicaStep {
  return to({ ...replica, isAwaited: true }, { do: "time", timer: "awaited", ms: AWAITED_MS, jitterMs: 0 });
}

/** Asks what has to be asked now: the first page, or what changed, once frames had time to tell it. */
function plan(replica: Replica): ReplicaStep {
  if (replica.isAsking || replica.isBackingOff || isWhole(replica)) {
    return to(replica);
  }
  if (!replica.isLoaded) {
    return to({ ...replica, isAsking: true }, { do: "ask", question: "list" });
  }
  return replica.gapFrom === null
    ? to({ ...replica, gapFrom: replica.applied }, { do: "time", timer: "gap", ms: GAP_MS, jitterMs: GAP_MS })
    : to(replica);
}

function askChanges(replica: Replica): ReplicaStep {
  const { applied: after, epoch } = replica;
  return to({ ...replica, isAsking: true }, { do: "ask", question: "changes", after, epoch: epoch ?? "" });
}

function check(replica: Replica): ReplicaStep {
  const cancel: ReplicaEffect = { do: "cancel", timer: "check" };
  return replica.checkedFrom === null
    ? to({ ...replica, checkedFrom: replica.applied }, cancel, { do: "ask", question: "check" })
    : to(replica, cancel);
}

function nextCheck(replica: Replica): ReplicaStep {
  return checkIn(replica, replica.checkMs);
}

function checkIn(replica: Replica, ms: number, jitterMs = 0): ReplicaStep {
  return to(replica, { do: "time", timer: "check", ms, jitterMs });
}
