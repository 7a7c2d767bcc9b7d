import { useEffect, useRef, useState } from "react";
import { useInboxClient } from "../../ui/NotificationContext";
import { UNDO_MS } from "../../client/inboxClient";
import type { Notification } from "../../client/wire/notification";

export interface Removals {
  /** Those that can still be brought back, as they were. */
  readonly removed: readonly Notification[];
  readonly remove: (notification: Notification) => void;
  readonly undo: (notification: Notification) => void;
}

/** Deletes, and remembers for as long as it can be undone. */
export function useRemovals(): Removals {
  const client = useInboxClient();
  const [removed, setRemoved] = useState<readonly Notification[]>([]);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const all = timers.current;
    return () => all.forEach((timer) => clearTimeout(timer));
  }, []);
  const forget = ({ id }: Notification) => {
    clearTimeout(timers.current.get(id));
    setRemoved((before) => before.filter((other) => other.id !== id));
  };
  return {
    removed,
    remove(notification) {
      forget(notification);
      client.remove(notification.id);
      setRemoved((before) => [...before, notification]);
      timers.current.set(
        notification.id,
        setTimeout(() => forget(notification), UNDO_MS),
      );
    },
    undo(notification) {
      forget(notification);
      client.undoRemove(notification.id);
    },
  };
}
