import { createContext, useContext, type ComponentPropsWithoutRef } from "react";
import { roveOnKey } from "./roving";

// Of Base UI's toggles what the bell uses: a group of which one is on.

const Context = createContext<{ readonly value: readonly string[]; readonly choose: (value: string) => void }>({
  value: [],
  choose: () => {},
});

interface ToggleGroupProps extends ComponentPropsWithoutRef<"div"> {
  readonly value: readonly string[];
  readonly onValueChange: (value: string[]) => void;
}

export function ToggleGroup({ value, onValueChange, ...props }: ToggleGroupProps) {
  const choose = (chosen: string) => onValueChange(value.includes(chosen) ? [] : [chosen]);
  return (
    <Context.Provider value={{ value, choose }}>
      <div role="group" {...props} onKeyDown={roveOnKey} />
    </Context.Provider>
  );
}

export function Toggle({ value, ...props }: ComponentPropsWithoutRef<"button"> & { readonly value: string }) {
  const group = useContext(Context);
  const isOn = group.value.includes(value);
  return (
    <button type="button" aria-pressed={isOn} tabIndex={isOn ? 0 : -1} {...props} onClick={() => group.choose(value)} />
  );
}
