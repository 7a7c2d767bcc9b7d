import type { ConnectionStatus } from "../inboxState";
import type { Replica } from "../replica/replica";

/** What a person wants to know of the connection: whether this is true now, since when not, and what was made up for. */
export interface Connection {
  readonly connectionStatus: ConnectionStatus;
  readonly upToDateAt: number | null;
  readonly caughtUp: number | null;
  /** While cut off: up to where everything was here when it happened. */
  readonly appliedAtLoss: number | null;
}

export const noConnection: Connection = {
  connectionStatus: "connecting",
  upToDateAt: null,
  caughtUp: null,
  appliedAtLoss: null,
};

/** @param heardAt when something was last heard, in ms since 1970; 0 = never */
export function became(
  connection: Connection,
  status: ConnectionStatus,
  heardAt: number,
  replica: Replica,
): Connection {
  if (status === "live") {
    return { ...connection, connectionStatus: status, upToDateAt: null };
  }
  const isLoss = connection.connectionStatus === "live" && replica.isLoaded;
  return {
    connectionStatus: status,
    upToDateAt: Math.max(heardAt, connection.upToDateAt ?? 0) || null,
    caughtUp: null,
    appliedAtLoss: isLoss ? replica.applied : connection.appliedAtLoss,
  };
}

/** The api just said that nothing is missing. */
export function confirmed(connection: Connection, replica: Replica, nowMs: number): Connection {
  if (connection.connectionStatus !== "live") {
    return { ...connection, upToDateAt: nowMs };
  }
  const { appliedAtLoss } = connection;
  return appliedAtLoss === null
    ? connection
    : { ...connection, appliedAtLoss: null, caughtUp: replica.items.from(appliedAtLoss + 1).length };
}
