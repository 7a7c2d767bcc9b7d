import { browserLocks } from "../../client/wire/tabs";

/** Whether any of the pages that share a name is seen: each holds a lock while it is, which ends with it however it ends. */
export class Sight {
  private readonly locks = browserLocks();
  private release: (() => void) | undefined;

  constructor(private readonly name: string) {
    document.addEventListener("visibilitychange", this.look);
    this.look();
  }

  async isSeen(): Promise<boolean> {
    if (isHereSeen() || !this.locks) {
      return isHereSeen();
    }
    const { held = [] } = await this.locks.query();
    return held.some(({ name }) => name === this.name);
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.look);
    this.release?.();
  }

  private readonly look = (): void => {
    this.release?.();
    this.release = undefined;
    if (isHereSeen() && this.locks) {
      const seen = new Promise<void>((resolve) => (this.release = resolve));
      void this.locks.request(this.name, { mode: "shared" }, () => seen).catch(() => {});
    }
  };
}

const isHereSeen = () => document.visibilityState === "visible";
