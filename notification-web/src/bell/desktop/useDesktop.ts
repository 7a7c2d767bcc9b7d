import { useSyncExternalStore } from "react";
import { kept } from "../../client/wire/kept";
import { Signal } from "../../client/signal";
import { useMe } from "../../ui/NotificationContext";

export interface Desktop {
  readonly state:
    /** Not in this browser, or it is not known yet who the user is. */
    | "unavailable"
    /** The browser does not let this page: only its settings change that. */
    | "blocked"
    | "off"
    | "on";
  /** Asks the browser's user for leave; to be called by a press. */
  readonly turnOn: () => Promise<void>;
  readonly turnOff: () => void;
}

const changed = new Signal<undefined>();

/** What this user wants on this computer, and what the browser lets. */
const wish = (userId: number) => kept(`belfry:desktop:${userId}`, () => localStorage);

function subscribe(listener: () => void): () => void {
  const end = changed.on(listener);
  // Another tab changed it.
  window.addEventListener("storage", listener);
  return () => {
    end();
    window.removeEventListener("storage", listener);
  };
}

/** Whether what arrives is shown by the computer itself: switched by each user, for each browser. */
export function useDesktop(): Desktop {
  const userId = useMe()?.id;
  const state = useSyncExternalStore(subscribe, () => stateOf(userId));
  const want = (wanted: boolean) => {
    if (userId !== undefined) {
      wish(userId).save(wanted || null);
      changed.emit(undefined);
    }
  };
  return {
    state,
    turnOn: async () => want((await Notification.requestPermission()) === "granted"),
    turnOff: () => want(false),
  };
}

function stateOf(userId: number | undefined): Desktop["state"] {
  if (userId === undefined || !("Notification" in window)) {
    return "unavailable";
  }
  if (Notification.permission === "denied") {
    return "blocked";
  }
  return Notification.permission === "granted" && wish(userId).load() === true ? "on" : "off";
}
