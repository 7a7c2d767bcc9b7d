import type { OwnChange } from "../inboxState";
import { Refused, type InboxApi } from "../rest/inboxApi";
import { kept } from "../wire/kept";
import type { Numbers } from "../wire/notification";
import type { Entry, Outcome } from "../wire/tabs";

/** In 32 hexadecimal digits, different at each call. `crypto.randomUUID` is there in secure contexts only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function entryOf(change: OwnChange): Entry {
  return { id: newKey(), change };
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
      await api.remove(change.id, false).catch((error: unknown) => {
        // Deleted before, here or elsewhere: what was wanted is so.
        if (!(error instanceof Refused && error.status === 404)) {
          throw error;
        }
      });
      // The answer to it has no numbers, and without any it could not be told from when on a page of a list, which may
      // have been on its way before, is without it.
      return api.unreadCount();
  }
}

/** Keeps own changes that could not be sent while the page is away. */
export interface QueueStore {
  load(): Entry[];
  save(entries: readonly Entry[]): void;
}

export function storedQueue(name: string, storage: () => Storage): QueueStore {
  const queue = kept(name, storage);
  return {
    load() {
      const stored = queue.load();
      return Array.isArray(stored) ? (stored as Entry[]) : [];
    },
    save: (entries) => queue.save(entries.length === 0 ? null : entries),
  };
}
