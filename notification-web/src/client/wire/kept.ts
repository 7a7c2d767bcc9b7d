/** One JSON value in a browser's storage. */
export interface Kept {
  /** @returns null if there is none */
  load(): unknown;
  /**
   * @param value null = there is none any more
   * @returns whether it was kept
   */
  save(value: unknown): boolean;
}

/**
 * Where the browser refuses storage, or has no room, nothing is kept, and what is here lives as long as the page.
 *
 * @param storage may throw: browsers that block cookies refuse it
 */
export function kept(name: string, storage: () => Storage): Kept {
  return {
    load() {
      try {
        return JSON.parse(storage().getItem(name) ?? "null") as unknown;
      } catch {
        return null;
      }
    },
    save(value) {
      try {
        if (value === null) {
          storage().removeItem(name);
        } else {
          storage().setItem(name, JSON.stringify(value));
        }
        return true;
      } catch {
        // Full, or forbidden.
        return false;
      }
    },
  };
}
