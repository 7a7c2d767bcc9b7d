/** Timers by name; one that is set again begins anew. */
export class Timers {
  private readonly running = new Map<string, ReturnType<typeof setTimeout>>();

  set(name: string, ms: number, act: () => void): void {
    this.cancel(name);
    this.running.set(name, setTimeout(act, ms));
  }

  cancel(name: string): void {
    clearTimeout(this.running.get(name));
  }

  cancelAll(): void {
    this.running.forEach((timer) => {
      clearTimeout(timer);
    });
  }
}
