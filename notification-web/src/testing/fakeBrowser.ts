import { Signal } from "../client/signal";
import type { Page } from "../client/wire/page";
import type { TabMessage, Tabs } from "../client/wire/tabs";

type Granted = () => Promise<void>;

/** What the tabs of one browser share: locks, the channel between them, storage. */
export class FakeBrowser {
  readonly storage = new FakeStorage();
  private readonly waiting = new Map<string, Granted[]>();
  private readonly held = new Set<string>();
  private readonly channels = new Set<Signal<TabMessage>>();

  /** As far as the client uses them: exclusive, in the order in which they are asked for. */
  readonly locks = {
    request: (name: string, { signal }: { signal: AbortSignal }, granted: Granted): Promise<void> => {
      const queue = this.waiting.get(name) ?? [];
      this.waiting.set(name, queue);
      queue.push(granted);
      this.grant(name);
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          queue.splice(queue.indexOf(granted) >>> 0, 1);
          reject(signal.reason as Error);
        });
      });
    },
  } as unknown as LockManager;

  /** The channel of one more tab. Messages arrive at once. */
  tabs(): Tabs {
    const own = new Signal<TabMessage>();
    this.channels.add(own);
    const others = () => [...this.channels].filter((channel) => channel !== own);
    return {
      tell: (message) => others().forEach((other) => other.emit(structuredClone(message))),
      listen: (listener) => void own.on(listener),
      close: () => void this.channels.delete(own),
    };
  }

  private grant(name: string): void {
    const next = this.held.has(name) ? undefined : this.waiting.get(name)?.shift();
    if (next) {
      this.held.add(name);
      void next().finally(() => {
        this.held.delete(name);
        this.grant(name);
      });
    }
  }
}

/** As far as the client and its tests use one. */
export class FakeStorage {
  private readonly values = new Map<string, string>();
  readonly clear = () => this.values.clear();
  readonly getItem = (key: string) => this.values.get(key) ?? null;
  readonly setItem = (key: string, value: string) => void this.values.set(key, value);
  readonly removeItem = (key: string) => void this.values.delete(key);
  readonly key = (index: number) => [...this.values.keys()][index] ?? null;

  get length(): number {
    return this.values.size;
  }
}

/** A page whose network and visibility the test decides. */
export class FakePage implements Page {
  online = true;
  visible = true;
  private readonly changed = new Signal<undefined>();
  private readonly left = new Signal<undefined>();
  readonly onChange = (listener: () => void) => this.changed.on(listener);
  readonly onLeave = (listener: () => void) => this.left.on(listener);
  readonly leave = () => this.left.emit(undefined);

  set(state: { online?: boolean; visible?: boolean }): void {
    Object.assign(this, state);
    this.changed.emit(undefined);
  }
}
