/** What a client must know of the page that it lives in. */
export interface Page {
  readonly online: boolean;
  readonly visible: boolean;
  /** Hears of every change of the two, of the window being gone to, and of the page coming back from the browser's cache. */
  onChange(listener: () => void): () => void;
  /** Hears when the page goes, perhaps for ever. */
  onLeave(listener: () => void): () => void;
}

export const browserPage: Page = {
  get online() {
    return navigator.onLine;
  },
  get visible() {
    return document.visibilityState === "visible";
  },
  onChange(listener) {
    const cancel = new AbortController();
    const { signal } = cancel;
    window.addEventListener("online", listener, { signal });
    window.addEventListener("offline", listener, { signal });
    window.addEventListener("pageshow", listener, { signal });
    window.addEventListener("focus", listener, { signal });
    document.addEventListener("visibilitychange", listener, { signal });
    return () => cancel.abort();
  },
  onLeave(listener) {
    window.addEventListener("pagehide", listener);
    return () => window.removeEventListener("pagehide", listener);
  },
};
