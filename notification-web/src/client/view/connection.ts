import type { ConnectionStatus } from "../inboxState";
import type { ReplicaKeeper } from "../replica/replicaKeeper";

export interface ConnectionSnapshot {
  readonly connectionStatus: ConnectionStatus;
  readonly upToDateAt: number | null;
  readonly caughtUp: number | null;
}

/** How long it says that it has caught up. */
const CAUGHT_UP_MS = 8_000;

/** What a person wants to know of the connection: whether this is true now, since when not, and what was made up for. */
export class Connection {
  private current: ConnectionSnapshot = { connectionStatus: "connecting", upToDateAt: null, caughtUp: null };
  /** While cut off: up to where everything was here when it happened. */
  private appliedAtLoss: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly keeper: Pick<ReplicaKeeper, "replica">,
    private readonly changed: () => void,
  ) {}

  get snapshot(): ConnectionSnapshot {
    return this.current;
  }

  /** @param heardAt when something was last heard, in ms since 1970; 0 = never */
  became(status: ConnectionStatus, heardAt: number): void {
    if (status === "live") {
      this.show({ connectionStatus: status, upToDateAt: null, caughtUp: this.current.caughtUp });
      return;
    }
    if (this.current.connectionStatus === "live" && this.keeper.replica.isLoaded) {
      this.appliedAtLoss = this.keeper.replica.applied;
    }
    const upToDateAt = Math.max(heardAt, this.current.upToDateAt ?? 0);
    this.show({ connectionStatus: status, upToDateAt: upToDateAt === 0 ? null : upToDateAt, caughtUp: null });
  }

  /** The api just said that nothing is missing. */
  confirmed(): void {
    if (this.current.connectionStatus !== "live") {
      this.show({ ...this.current, upToDateAt: Date.now() });
    } else if (this.appliedAtLoss !== null) {
      const caughtUp = this.keeper.replica.items.from(this.appliedAtLoss + 1).length;
      this.appliedAtLoss = null;
      this.show({ ...this.current, caughtUp });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.show({ ...this.current, caughtUp: null });
      }, CAUGHT_UP_MS);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private show(next: ConnectionSnapshot): void {
    this.current = next;
    this.changed();
  }
}
