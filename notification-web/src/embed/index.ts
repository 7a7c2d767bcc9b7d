import { BelfryBell } from "./BelfryBell";

// The page may load it twice, from two addresses.
if (!customElements.get("belfry-bell")) {
  customElements.define("belfry-bell", BelfryBell);
}

export { BelfryBell };
