import { useEffect, useState } from "react";
import { Refused } from "../client/rest/inboxApi";
import { demoApi, type Person } from "./demoApi";

export type People =
  | { readonly state: "loading" | "error" }
  /** This installation has no sign-in of its own: a platform has. */
  | { readonly state: "absent" }
  | { readonly state: "ready"; readonly people: readonly Person[] };

/** Who can sign in here. */
export function usePeople(): { readonly people: People; readonly retry: () => void } {
  const [turn, setTurn] = useState(0);
  const [people, setPeople] = useState<People>({ state: "loading" });
  useEffect(() => {
    let isOver = false;
    const show = (next: People) => {
      if (!isOver) {
        setPeople(next);
      }
    };
    demoApi.people().then(
      (all) => show({ state: "ready", people: all }),
      (error: unknown) => show({ state: error instanceof Refused && error.status === 404 ? "absent" : "error" }),
    );
    return () => {
      isOver = true;
    };
  }, [turn]);
  const retry = () => {
    setPeople({ state: "loading" });
    setTurn(turn + 1);
  };
  return { people, retry };
}
