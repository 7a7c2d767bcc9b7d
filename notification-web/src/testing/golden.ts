import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared-events/src/test/resources/golden");

/** The text of one of the contract's golden files, which the services' tests read too. */
export function golden(path: string): string {
  return readFileSync(join(folder, path), "utf8").trim();
}

/** docs/protocol.md, which says the same for people. */
export const protocolPage = readFileSync(join(import.meta.dirname, "../../../docs/protocol.md"), "utf8");

export function goldenFiles(path: string): string[] {
  return readdirSync(join(folder, path));
}
