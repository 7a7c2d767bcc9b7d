import type { Entry } from "../wire/tabs";

/** Keeps own changes that could not be sent while the page is away. */
export interface QueueStore {
  load(): Entry[];
  save(entries: readonly Entry[]): void;
}

/**
 * @param name the key
 * @param storage may throw: browsers that block cookies refuse it
 */
export function storedQueue(name: string, storage: () => Storage): QueueStore {
  return {
    load() {
      try {
        const stored: unknown = JSON.parse(storage().getItem(name) ?? "[]");
        return Array.isArray(stored) ? (stored as Entry[]) : [];
      } catch {
        return [];
      }
    },
    save(entries) {
      try {
        if (entries.length === 0) {
          storage().removeItem(name);
        } else {
          storage().setItem(name, JSON.stringify(entries));
        }
      } catch {
        // Full, or forbidden by the browser: the queue then lives as long as the page does.
      }
    },
  };
}
