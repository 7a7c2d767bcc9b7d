import type { OwnChange } from "../inboxState";
import { Refused, type InboxApi } from "../rest/inboxApi";
import type { Numbers } from "../wire/notification";
import type { Entry, Outcome } from "../wire/tabs";

/** `crypto.randomUUID` is there in secure contexts only. */
export function entryOf(change: OwnChange): Entry {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return { id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""), change };
}

/** Sends one own change. Rejects when it is not known to have arrived. */
export async function attempt(api: InboxApi, { change }: Entry): Promise<Outcome> {
  try {
    return { numbers: await request(api, change) };
  } catch (error) {
    if (error instanceof Refused) {
      return { refused: error.message };
    }
    throw error;
  }
}

/** @returns numbers that contain the change */
async function request(api: InboxApi, change: OwnChange): Promise<Numbers> {
  switch (change.kind) {
    case "read":
    case "unread":
      return api.setRead(change.id, change.kind === "read");
    case "all_read":
      return api.markAllRead(change.upTo);
    case "deleted":
      await remove(api, change.id);
      // The answer to it has no numbers, and without any it could not be told from when on a page of a list, which may
      // have been on its way before, is without it.
      return api.unreadCount();
  }
}

async function remove(api: InboxApi, id: number): Promise<void> {
  try {
    await api.remove(id, false);
  } catch (error) {
    // Deleted before, here or elsewhere: what was wanted is so.
    if (!(error instanceof Refused && error.status === 404)) {
      throw error;
    }
  }
}

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
