import { useState } from "react";
import type { Notification } from "../../client/wire/notification";
import { useItemSnapshots } from "./useItemSnapshots";

const none: readonly Notification[] = [];

/**
 * What has left a list since it came into view, because it was read: it stays in its place, so that nothing jumps under
 * the finger, and is as it is now. What was deleted does not stay.
 *
 * @param listed what the list holds
 * @param isActive whether anything leaves it by being read
 */
export function useStaying(listed: readonly Notification[], isActive: boolean): readonly Notification[] {
  const [seen, setSeen] = useState(none);
  const unseen = isActive ? listed.filter((item) => seen.every(({ id }) => id !== item.id)) : none;
  if (unseen.length > 0) {
    setSeen([...seen, ...unseen]);
  }
  // Followed from the moment they are seen on: by the time they leave it is known why.
  const snapshots = useItemSnapshots(seen.map(({ id }) => id));
  const present = new Set(listed.map(({ id }) => id));
  return snapshots.flatMap(({ notification }) => (notification && !present.has(notification.id) ? [notification] : []));
}
