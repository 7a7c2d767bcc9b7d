import { Refused, type InboxApi } from "../rest/inboxApi";
import type { InboxItem, ItemSnapshot } from "../inboxState";
import type { Notification, Numbers } from "../wire/notification";
import { Signal } from "../signal";

/** What one notification stands on. */
export interface ItemGround {
  readonly api: InboxApi;
  /** As its reader wants it, own changes included; null if it is not known or deleted. */
  find(id: number): Notification | null;
  take(notification: Notification, numbers: Numbers): void;
  failed(error: unknown): void;
}

/** One notification, from the lists if they have it and else from the api; afterwards it follows every change. */
export class LiveItem implements InboxItem {
  private readonly changed = new Signal<undefined>();
  private current: ItemSnapshot = { state: "loading", notification: null };
  private wasThere = false;

  constructor(
    private readonly id: number,
    private readonly ground: ItemGround,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    const end = this.changed.on(listener);
    this.refresh();
    if (!this.wasThere) {
      this.retry();
    }
    return end;
  };

  readonly snapshot = (): ItemSnapshot => this.current;

  readonly retry = (): void => {
    this.show({ state: "loading", notification: null });
    void this.load();
  };

  get isWatched(): boolean {
    return this.changed.hasListeners;
  }

  /** Something in the inbox changed. */
  refresh(): void {
    const notification = this.ground.find(this.id);
    if (notification) {
      this.wasThere = true;
      this.show({ state: "ready", notification });
    } else if (this.wasThere) {
      this.show({ state: "missing", notification: null });
    }
  }

  private async load(): Promise<void> {
    try {
      const { notification, ...numbers } = await this.ground.api.one(this.id);
      this.ground.take(notification, numbers);
      // If it is not to be found now, it is on its way to being deleted.
      this.wasThere = true;
      this.refresh();
    } catch (error) {
      const isMissing = error instanceof Refused && error.status === 404;
      this.show({ state: isMissing ? "missing" : "error", notification: null });
      this.ground.failed(error);
    }
  }

  private show(snapshot: ItemSnapshot): void {
    if (snapshot.state !== this.current.state || snapshot.notification !== this.current.notification) {
      this.current = snapshot;
      this.changed.emit(undefined);
    }
  }
}
