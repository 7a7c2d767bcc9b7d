import { createRoot, type Root } from "react-dom/client";
import type { GetToken } from "../client/index";
import { EmbeddedBell } from "./EmbeddedBell";
import { directionOf, preferredLanguage } from "../lib/languages";
import css from "./embed.css?inline";
import { tokenFrom } from "./tokenFrom";

const styles = new CSSStyleSheet();
styles.replaceSync(css);

/** Where this file was loaded from, if that is no copy of the page's own. */
const ownOrigin = new URL(import.meta.url).origin;

/**
 * `<belfry-bell>`: the bell in any page. It begins as soon as it is in a document and knows where tokens come from.
 * docs/embedding.md has its attributes and events.
 */
export class BelfryBell extends HTMLElement {
  static readonly observedAttributes = ["base-url", "token-url", "history-href", "toasts", "lang"];

  private readonly place = document.createElement("div");
  private root: Root | null = null;
  private ownGetToken: GetToken | null = null;
  /** Another number is another inbox. */
  private turn = 0;
  /** Ends the inbox that is shown, and what is stored of it. */
  private end: () => void = () => {};

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles];
    shadow.append(this.place);
    // What a framework set before this class was known hides what is defined here.
    if (Object.hasOwn(this, "getToken")) {
      const { getToken } = this;
      Reflect.deleteProperty(this, "getToken");
      this.getToken = getToken;
    }
  }

  /** Where tokens come from, in place of `token-url`. */
  get getToken(): GetToken | null {
    return this.ownGetToken;
  }

  set getToken(getToken: GetToken | null) {
    this.ownGetToken = getToken;
    this.show();
  }

  /** Begins anew: someone has signed in. */
  restart(): void {
    this.turn++;
    this.show();
  }

  /** The user has signed out: other tabs end too, and nothing of theirs stays in the browser. */
  forget(): void {
    this.end();
  }

  connectedCallback(): void {
    this.show();
  }

  disconnectedCallback(): void {
    // Moved within the page it is back by then.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.root?.unmount();
        this.root = null;
      }
    });
  }

  attributeChangedCallback(): void {
    this.show();
  }

  private show(): void {
    const getToken = this.tokens();
    if (!this.isConnected || !getToken) {
      return;
    }
    const language = preferredLanguage([this.closest<HTMLElement>("[lang]")?.lang ?? "", ...navigator.languages]);
    this.place.lang = language;
    this.place.dir = directionOf(language);
    this.root ??= createRoot(this.place);
    this.root.render(
      <EmbeddedBell
        key={this.turn}
        baseUrl={this.getAttribute("base-url") ?? ownOrigin}
        getToken={getToken}
        language={language}
        historyHref={this.getAttribute("history-href") ?? "/notifications"}
        hasToasts={this.hasAttribute("toasts")}
        tell={(name, detail) => this.tell(name, detail)}
        onInbox={(forget) => {
          this.end = forget;
        }}
      />,
    );
  }

  private tokens(): GetToken | null {
    const url = this.getAttribute("token-url");
    return this.ownGetToken ?? (url === null ? null : (ending) => tokenFrom(url, ending));
  }

  /** @returns whether the page leaves what follows to us */
  private tell(name: string, detail: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(`belfry-${name}`, { detail, bubbles: true, composed: true, cancelable: name === "open" }),
    );
  }
}
