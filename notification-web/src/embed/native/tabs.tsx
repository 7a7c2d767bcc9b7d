import { createContext, useContext, useId, useMemo, useState, type ComponentPropsWithoutRef } from "react";
import { roveOnKey } from "./roving";

// Of Base UI's tabs what the bell uses.

interface Choice {
  readonly id: string;
  readonly chosen: string;
  readonly choose: (value: string) => void;
}

const Context = createContext<Choice>({ id: "", chosen: "", choose: () => {} });

interface RootProps extends ComponentPropsWithoutRef<"div"> {
  readonly defaultValue: string;
}

function Root({ defaultValue, ...props }: RootProps) {
  const id = useId();
  const [chosen, choose] = useState(defaultValue);
  const choice = useMemo(() => ({ id, chosen, choose }), [id, chosen]);
  return (
    <Context.Provider value={choice}>
      <div {...props} />
    </Context.Provider>
  );
}

const List = (props: ComponentPropsWithoutRef<"div">) => (
  <div role="tablist" tabIndex={-1} {...props} onKeyDown={roveOnKey} />
);

interface ValueProps {
  readonly value: string;
}

function Tab({ value, ...props }: ComponentPropsWithoutRef<"button"> & ValueProps) {
  const { id, chosen, choose } = useContext(Context);
  const isChosen = value === chosen;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${value}`}
      aria-selected={isChosen}
      aria-controls={isChosen ? `${id}-${value}-panel` : undefined}
      data-active={isChosen ? "" : undefined}
      tabIndex={isChosen ? 0 : -1}
      {...props}
      onClick={() => choose(value)}
    />
  );
}

function Panel({ value, ...props }: ComponentPropsWithoutRef<"div"> & ValueProps) {
  const { id, chosen } = useContext(Context);
  return value === chosen ? (
    <div role="tabpanel" id={`${id}-${value}-panel`} aria-labelledby={`${id}-${value}`} {...props} />
  ) : null;
}

export const Tabs = { Root, List, Tab, Panel };
