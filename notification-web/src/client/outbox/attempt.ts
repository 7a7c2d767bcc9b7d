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
