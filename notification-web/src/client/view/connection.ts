import type { ConnectionStatus } from "../inboxState";
import type { Replica } from "../replica/replica";
import type { SocketNews } from "../wire/tabs";

/** What a person wants to know of the connection: whether this is true now, since when not, and what was made up for. */
export interface Connection {
  readonly socket: Omit<SocketNews, "heardAt">;
  /** How the last question to the api ended, since the socket was lost; null = not asked yet. */
  readonly api: "answered" | "failed" | "signed_out" | null;
  readonly nextTryAt: number | null;
  readonly upToDateAt: number | null;
  readonly caughtUp: number | null;
  /** While cut off: up to where everything was here when it happened. */
  readonly appliedAtLoss: number | null;
}

export const noConnection: Connection = {
  socket: { status: "connecting", isCut: false },
  api: null,
  nextTryAt: null,
  upToDateAt: null,
  caughtUp: null,
  appliedAtLoss: null,
};

/**
 * In one word: docs/decisions/page.md has the table.
 *
 * @param isWhole nothing is missing, as far as was heard
 */
export function statusOf({ socket, api, upToDateAt }: Connection, isWhole: boolean): ConnectionStatus {
  if (api === "signed_out") {
    return "signed_out";
  }
  if (socket.status === "live" && api === "failed" && !isWhole) {
    return "unreachable";
  }
  const isTrying = socket.status === "connecting" || socket.status === "reconnecting";
  if (!isTrying || !socket.isCut) {
    return socket.status;
  }
  if (api === "answered") {
    return "polling";
  }
  return api === "failed" || upToDateAt === null ? "unreachable" : socket.status;
}

export function became(connection: Connection, { heardAt, ...socket }: SocketNews, replica: Replica): Connection {
  if (socket.status === "live") {
    return { ...connection, socket, api: null, upToDateAt: null };
  }
  const isLoss = connection.socket.status === "live";
  return {
    ...connection,
    socket,
    api: isLoss ? null : connection.api,
    upToDateAt: Math.max(heardAt, connection.upToDateAt ?? 0) || null,
    caughtUp: null,
    appliedAtLoss: isLoss && replica.isLoaded ? replica.applied : connection.appliedAtLoss,
  };
}

/** The api just said that nothing is missing. */
export function confirmed(connection: Connection, replica: Replica, nowMs: number): Connection {
  if (connection.socket.status !== "live") {
    return { ...connection, upToDateAt: nowMs };
  }
  const { appliedAtLoss } = connection;
  return appliedAtLoss === null
    ? connection
    : { ...connection, appliedAtLoss: null, caughtUp: replica.items.from(appliedAtLoss + 1).length };
}
