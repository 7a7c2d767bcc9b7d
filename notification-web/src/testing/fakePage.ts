import type { Page } from "../client/wire/page";
import { Signal } from "../client/signal";

/** A page whose network and visibility the test decides. */
export class FakePage implements Page {
  online = true;
  visible = true;
  private readonly changed = new Signal<undefined>();
  private readonly left = new Signal<undefined>();

  set(state: { online?: boolean; visible?: boolean }): void {
    Object.assign(this, state);
    this.changed.emit(undefined);
  }

  leave(): void {
    this.left.emit(undefined);
  }

  onChange(listener: () => void): () => void {
    return this.changed.on(listener);
  }

  onLeave(listener: () => void): () => void {
    return this.left.on(listener);
  }
}
