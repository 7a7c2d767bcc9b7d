/** Listeners of one kind of news. They are called in the order in which they came; one that throws harms no other. */
export class Signal<T> {
  private readonly listeners = new Set<(news: T) => void>();

  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** @returns ends it */
  on(listener: (news: T) => void): () => void {
    // A function of its own: the same listener may come twice.
    const entry = (news: T) => listener(news);
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  emit(news: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(news);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
