import { useEffect, useState } from "react";

/** A value once it has stayed the same for so long; the first one at once. What comes and goes sooner is not seen. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
