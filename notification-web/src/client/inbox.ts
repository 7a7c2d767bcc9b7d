import { emptyOutbox, reduceOutbox, type Outbox, type OutboxEffect, type OutboxEvent } from "./outbox/outbox";
import { emptyReplica, reduce, type Replica, type ReplicaEffect, type ReplicaEvent } from "./replica/replica";
import { stepTo, type Step } from "./step";
import { became, confirmed, noConnection, type Connection } from "./view/connection";
import type { SocketNews } from "./wire/tabs";

/** All that one tab knows of an inbox, apart from how far its lists reach. */
export interface InboxModel {
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly connection: Connection;
  /** When the first page was asked for: the history it was asked of, and what was answered already. */
  readonly listing: { readonly epoch: string | null; readonly answered: readonly string[] };
}

export type InboxEvent =
  | ReplicaEvent
  | OutboxEvent
  | { readonly type: "socket"; readonly news: SocketNews }
  /** A question to the api had no answer. */
  | { readonly type: "unanswered"; readonly api: "failed" | "signed_out" }
  /** When the api is asked again, in ms since 1970; null = now. */
  | { readonly type: "planned"; readonly at: number | null }
  /** What was caught up has been shown long enough. */
  | { readonly type: "caughtUpShown" };

export type InboxEffect = Exclude<ReplicaEffect, { readonly do: "confirm" }> | OutboxEffect;

export type InboxStep = Step<InboxModel, InboxEffect>;

const to: (model: InboxModel, ...effects: InboxEffect[]) => InboxStep = stepTo;

export const emptyInbox: InboxModel = {
  replica: emptyReplica,
  outbox: emptyOutbox,
  connection: noConnection,
  listing: { epoch: null, answered: [] },
};

/** One event in its turn, and what comes of it in all parts. No sockets, no clocks, no chance. */
export function reduceInbox(model: InboxModel, event: InboxEvent, nowMs: number): InboxStep {
  const step = stepOf(model, event, nowMs);
  const { replica, outbox } = step.state;
  // What the items contain need not be shown on top of them any more.
  const answered = outbox.answered.filter(({ answeredSeq }) => answeredSeq === null || answeredSeq > replica.applied);
  return answered.length === outbox.answered.length
    ? step
    : { ...step, state: { ...step.state, outbox: { ...outbox, answered } } };
}

function stepOf(model: InboxModel, event: InboxEvent, nowMs: number): InboxStep {
  const { connection, replica } = model;
  switch (event.type) {
    case "socket":
      return to({ ...model, connection: became(connection, event.news, replica) });
    case "unanswered":
      return to({ ...model, connection: { ...connection, api: event.api } });
    case "planned":
      return to({ ...model, connection: { ...connection, nextTryAt: event.at } });
    case "caughtUpShown":
      return to({ ...model, connection: { ...connection, caughtUp: null } });
    case "made":
    case "held":
    case "undone":
    case "sending":
    case "woken":
    case "told":
    case "answered": {
      const { state: outbox, effects } = reduceOutbox(model.outbox, event);
      return effects.reduce((step, effect) => settled(step, effect, nowMs), to({ ...model, outbox }, ...effects));
    }
    case "list":
      return event.keptAt === undefined
        ? replicated(to(answered(model)), event, nowMs)
        : replicated(to({ ...model, connection: { ...connection, api: "failed" } }), event, event.keptAt);
    case "changes":
    case "checked":
    case "numbers":
    case "page":
      return replicated(to(answered(model)), event, nowMs);
    default:
      return replicated(to(model), event, nowMs);
  }
}

const answered = (model: InboxModel): InboxModel => ({
  ...model,
  connection: { ...model.connection, api: "answered" },
});

/** The answer to an own change has numbers. */
function settled(step: InboxStep, effect: OutboxEffect, nowMs: number): InboxStep {
  return effect.do === "settled" && "numbers" in effect.outcome
    ? replicated(step, { type: "numbers", numbers: effect.outcome.numbers }, nowMs)
    : step;
}

function replicated(step: InboxStep, event: ReplicaEvent, nowMs: number): InboxStep {
  const { state: replica, effects } = reduce(step.state.replica, event);
  const first = to({ ...step.state, replica }, ...step.effects);
  return effects.reduce((former, effect) => followed(former, effect, nowMs), first);
}

/** What an effect of the client's rule means for the other parts. */
function followed({ state: model, effects }: InboxStep, effect: ReplicaEffect, nowMs: number): InboxStep {
  const { replica, outbox, connection, listing } = model;
  switch (effect.do) {
    case "confirm":
      return to({ ...model, connection: confirmed(connection, replica, nowMs) }, ...effects);
    case "ask": {
      const asked = { epoch: replica.epoch, answered: outbox.answered.map(({ id }) => id) };
      return to(effect.question === "list" ? { ...model, listing: asked } : model, ...effects, effect);
    }
    case "listed": {
      // What was answered later may not be in the list, which is on its way for longer.
      const isOtherHistory = listing.epoch !== null && effect.answer.epoch !== listing.epoch;
      const answered = outbox.answered.filter(({ id }) => !isOtherHistory && !listing.answered.includes(id));
      return to({ ...model, outbox: { ...outbox, answered } }, ...effects, effect);
    }
    default:
      return to(model, ...effects, effect);
  }
}
