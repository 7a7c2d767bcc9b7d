import { Refused } from "../rest/inboxApi";
import type { InboxItem, ItemSnapshot } from "../inboxState";
import { Signal } from "../signal";
import { takeRows, viewOf, type Ground } from "./ground";

/** One notification, from the lists if they have it and else from the api; afterwards it follows every change. */
export class LiveItem implements InboxItem {
  private readonly changed = new Signal<undefined>();
  private current: ItemSnapshot = { state: "loading", notification: null };
  private wasThere = false;
  private isAsking = false;

  constructor(
    private readonly id: number,
    private readonly ground: Ground,
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
    if (!this.isAsking) {
      this.show({ state: "loading", notification: null });
      void this.load();
    }
  };

  /** Something in the inbox changed. */
  refresh(): void {
    const notification = viewOf(this.ground, this.id);
    if (notification) {
      this.wasThere = true;
      this.show({ state: "ready", notification });
    } else if (this.wasThere) {
      this.show({ state: "missing", notification: null });
    }
  }

  private async load(): Promise<void> {
    this.isAsking = true;
    try {
      const { notification, ...numbers } = await this.ground.api.one(this.id);
      takeRows(this.ground, [notification], numbers);
      // If it is not to be found now, it is on its way to being deleted.
      this.wasThere = true;
      this.refresh();
    } catch (error) {
      const isMissing = error instanceof Refused && error.status === 404;
      this.show({ state: isMissing ? "missing" : "error", notification: null });
      this.ground.failed(error);
    } finally {
      this.isAsking = false;
    }
  }

  private show(snapshot: ItemSnapshot): void {
    if (snapshot.state !== this.current.state || snapshot.notification !== this.current.notification) {
      this.current = snapshot;
      this.changed.emit(undefined);
    }
  }
}
