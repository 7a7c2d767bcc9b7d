/** What comes of an event: the next state, and what is to be done at the edge, in order. */
export interface Step<S, E> {
  readonly state: S;
  readonly effects: readonly E[];
}

export function stepTo<S, E>(state: S, ...effects: E[]): Step<S, E> {
  return { state, effects };
}

/** One after the other, on what came of the former. */
export function inTurn<S, E>(first: Step<S, E>, ...further: ((state: S) => Step<S, E>)[]): Step<S, E> {
  return further.reduce((former, next) => {
    const { state, effects } = next(former.state);
    return stepTo(state, ...former.effects, ...effects);
  }, first);
}
