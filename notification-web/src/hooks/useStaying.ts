import { useState } from "react";
import type { Notification } from "../realtime/notification";
import { useItemSnapshots } from "./useItemSnapshots";

/**
 * What has left a list since it came into view, because it was read: it stays in its place, so that nothing jumps under
 * the finger, and is as it is now. What was deleted does not stay.
 *
 * @param listed what the list holds
 * @param isActive whether anything leaves it by being read
 */
export function useStaying(listed: readonly Notification[], isActive: boolean): readonly Notification[] {
  const [seen, setSeen] = useState<ReadonlyMap<number, Notification>>(new Map());
  if (isActive && listed.some((item) => seen.get(item.id) !== item)) {
    setSeen(new Map([...seen, ...listed.map((item) => [item.id, item] as const)]));
  }
  const present = new Set(listed.map((item) => item.id));
  const gone = [...seen.values()].filter((item) => !present.has(item.id));
  const snapshots = useItemSnapshots(gone.map((item) => item.id));
  return gone.flatMap((item, index) => {
    const snapshot = snapshots[index];
    // Not asked yet: what takes one out of the list is nearly always its being read.
    return snapshot?.state === "missing" ? [] : (snapshot?.notification ?? { ...item, is_read: true });
  });
}
