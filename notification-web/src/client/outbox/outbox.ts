import { stepTo, inTurn, type Step } from "../step";
import type { Entry, Outcome, TabMessage } from "../wire/tabs";
import type { Pending } from "./ownChanges";

/**
 * Own changes on their way to the api: sent one after the other in the order in which they were made, once, by the tab
 * that leads; kept while the api cannot be reached, over the end of the page too.
 *
 * Never changed: {@link reduceOutbox} makes the next one of it and of what happened.
 */
export interface Outbox {
  readonly queue: readonly Entry[];
  /** Made in this tab, and not yet seen in the leader's queue. */
  readonly submitted: readonly Entry[];
  /** Answered, but the inbox has not come so far yet. */
  readonly answered: readonly Pending[];
  /** Removals that can still be undone. */
  readonly held: readonly number[];
  /** Made in this tab and not settled, by id. */
  readonly own: readonly string[];
  /** The last that were settled, by id: one that another tab submits late is not sent again. */
  readonly done: readonly string[];
  readonly isLeading: boolean;
  readonly isSending: boolean;
}

export type OutboxEvent =
  /** `isSent`: the page goes, and has asked the api on its way out. They stay for the next tab that sends. */
  | { readonly type: "made"; readonly entries: readonly Entry[]; readonly isSent?: boolean }
  | { readonly type: "held" | "undone"; readonly id: number }
  /** This tab sends from now on. */
  | { readonly type: "sending"; readonly stored: readonly Entry[] }
  /** The network or the sign-in may be back, or the back-off is over. */
  | { readonly type: "woken" }
  | { readonly type: "told"; readonly message: TabMessage }
  /** Null = no answer: it waits to be sent again. */
  | { readonly type: "answered"; readonly entry: Entry; readonly outcome: Outcome | null };

/** What is to be done at the edge, in order. */
export type OutboxEffect =
  | { readonly do: "tell"; readonly message: TabMessage }
  | { readonly do: "save"; readonly entries: readonly Entry[] }
  /** Each is answered by an event. */
  | { readonly do: "send"; readonly entry: Entry }
  | { readonly do: "settled"; readonly entry: Entry; readonly outcome: Outcome; readonly isOwn: boolean };

export type OutboxStep = Step<Outbox, OutboxEffect>;

const to: (outbox: Outbox, ...effects: OutboxEffect[]) => OutboxStep = stepTo;

const REMEMBERED = 200;

export const emptyOutbox: Outbox = {
  queue: [],
  submitted: [],
  answered: [],
  held: [],
  own: [],
  done: [],
  isLeading: false,
  isSending: false,
};

/** What is to be shown as if it had happened. */
export function pendingOf({ answered, queue, submitted, held }: Outbox): readonly Pending[] {
  const waiting = [...queue, ...submitted].map((entry) => ({ ...entry, answeredSeq: null }));
  const removals = held.map(
    (id) => ({ id: `held-${id}`, change: { kind: "deleted", id }, answeredSeq: null }) as const,
  );
  return [...answered, ...waiting, ...removals];
}

export function reduceOutbox(outbox: Outbox, event: OutboxEvent): OutboxStep {
  switch (event.type) {
    case "made": {
      const step = made(outbox, event.entries);
      return event.isSent ? step : inTurn(step, send);
    }
    case "held":
      return to({ ...outbox, held: [...outbox.held.filter((id) => id !== event.id), event.id] });
    case "undone":
      return to({ ...outbox, held: outbox.held.filter((id) => id !== event.id) });
    case "sending":
      return inTurn(lead(outbox, event.stored), send);
    case "woken":
      return send(outbox);
    case "told":
      return told(outbox, event.message);
    case "answered": {
      const { entry, outcome } = event;
      const waiting = to({ ...outbox, isSending: false });
      return outcome === null ? waiting : inTurn(waiting, (next) => answered(next, entry, outcome), send);
    }
  }
}

function made(outbox: Outbox, entries: readonly Entry[]): OutboxStep {
  const removed = entries.flatMap(({ change }) => (change.kind === "deleted" ? change.id : []));
  const own = [...outbox.own, ...entries.map(({ id }) => id)];
  const next = { ...outbox, own, held: outbox.held.filter((id) => !removed.includes(id)) };
  if (next.isLeading) {
    return accept(next, entries);
  }
  const submits = entries.map((entry) => tell({ kind: "submit", entry }));
  return to({ ...next, submitted: [...next.submitted, ...entries] }, ...submits);
}

function lead(outbox: Outbox, stored: readonly Entry[]): OutboxStep {
  // What is no longer stored was answered to the former leader, and what came of it may still be on its way here.
  const unheard = outbox.queue.filter((entry) => !has(stored, entry));
  const leading = { ...outbox, isLeading: true, queue: [...unheard, ...stored], submitted: [] };
  return inTurn(accept(leading, outbox.submitted), (next) =>
    to(next, tell({ kind: "queue", entries: next.queue, isNew: true })),
  );
}

/** Those that the leader does not have yet, and that are not settled. */
function accept(outbox: Outbox, entries: readonly Entry[]): OutboxStep {
  const fresh = entries.filter((entry) => !outbox.done.includes(entry.id) && !has(outbox.queue, entry));
  if (fresh.length === 0) {
    return to(outbox);
  }
  const queue = [...outbox.queue, ...fresh];
  return to({ ...outbox, queue }, save(queue), tell({ kind: "queue", entries: queue, isNew: false }));
}

function send(outbox: Outbox): OutboxStep {
  const [entry] = outbox.queue;
  return outbox.isLeading && !outbox.isSending && entry
    ? to({ ...outbox, isSending: true }, { do: "send", entry })
    : to(outbox);
}

function told(outbox: Outbox, message: TabMessage): OutboxStep {
  const { isLeading, queue } = outbox;
  switch (message.kind) {
    case "hello":
      return isLeading ? to(outbox, tell({ kind: "queue", entries: queue, isNew: false })) : to(outbox);
    case "submit":
      return isLeading ? inTurn(accept(outbox, [message.entry]), send) : to(outbox);
    case "queue":
      return isLeading ? to(outbox) : follow(outbox, message.entries, message.isNew);
    case "settled":
      return settle(outbox, message.entry, message.outcome);
    default:
      return to(outbox);
  }
}

function follow(outbox: Outbox, entries: readonly Entry[], isNew: boolean): OutboxStep {
  const queue = entries.filter(({ id }) => !outbox.done.includes(id));
  const submitted = outbox.submitted.filter((entry) => !has(entries, entry));
  const submits = isNew ? submitted.map((entry) => tell({ kind: "submit", entry })) : [];
  return to({ ...outbox, queue, submitted }, ...submits);
}

function answered(outbox: Outbox, entry: Entry, outcome: Outcome): OutboxStep {
  return inTurn(settle(outbox, entry, outcome), (next) =>
    to(next, save(next.queue), tell({ kind: "settled", entry, outcome })),
  );
}

function settle(outbox: Outbox, entry: Entry, outcome: Outcome): OutboxStep {
  if (outbox.done.includes(entry.id)) {
    return to(outbox);
  }
  const isOther = ({ id }: { readonly id: string }) => id !== entry.id;
  const isContained = "numbers" in outcome;
  const next = {
    ...outbox,
    queue: outbox.queue.filter(isOther),
    submitted: outbox.submitted.filter(isOther),
    answered: isContained ? [...outbox.answered, { ...entry, answeredSeq: outcome.numbers.seq }] : outbox.answered,
    own: outbox.own.filter((id) => id !== entry.id),
    done: [...outbox.done, entry.id].slice(-REMEMBERED),
  };
  return to(next, { do: "settled", entry, outcome, isOwn: outbox.own.includes(entry.id) });
}

function has(entries: readonly Entry[], { id }: Entry): boolean {
  return entries.some((entry) => entry.id === id);
}

const tell = (message: TabMessage): OutboxEffect => ({ do: "tell", message });

const save = (entries: readonly Entry[]): OutboxEffect => ({ do: "save", entries });
