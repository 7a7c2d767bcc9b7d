import { codePoints } from "./words";

const MAX_LENGTH = 2_048;

/** What browsers drop from an address or take for its end. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** One `/`, then something that does not make it an address of another host. */
const PATH = /^\/(?![/\\])/;

/**
 * Where a notification may lead: `data.url` if it is a path of this platform or an https address.
 *
 * @param hosts the only ones that https addresses may name; absent = any, as the api has checked them
 * @returns null for everything else, which is no link
 */
export function safeUrl(data: Readonly<Record<string, unknown>>, hosts?: readonly string[]): string | null {
  const { url } = data;
  if (typeof url !== "string" || CONTROL.test(url) || codePoints(url) > MAX_LENGTH) {
    return null;
  }
  return isPath(url) || isAllowedAddress(url, hosts) ? url : null;
}

const MAX_LABEL = 40;

/**
 * What the button is called that leads to `data.url`: `data.label` if the contract calls it one.
 *
 * @returns null = the page has a word of its own for it
 */
export function safeLabel({ label }: Readonly<Record<string, unknown>>): string | null {
  return typeof label === "string" && isLabel(label) ? label : null;
}

/** What the button is called for a link that leads where it leads; null for any other link. */
export function buttonIn(data: Readonly<Record<string, unknown>>, href: string): string | null {
  return data.url === href ? safeLabel(data) : null;
}

/** 1 to 40 code points, not blank, without control characters. */
export function isLabel(label: string): boolean {
  return label.trim() !== "" && !CONTROL.test(label) && codePoints(label) <= MAX_LABEL;
}

/** Whether it stays on this platform. */
export function isPath(href: string): boolean {
  return PATH.test(href);
}

/** The place of a notification in the history, whose own address is `historyHref`. */
export function hrefInHistory(historyHref: string, id: number): string {
  return `${historyHref.replace(/\/+$/, "")}/${id}`;
}

/** Whether a click is meant to go there in this tab: not to open another, not to save. */
export function isPlainClick(
  event: Pick<MouseEvent, "button" | "defaultPrevented" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">,
): boolean {
  const hasModifier = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  return event.button === 0 && !hasModifier && !event.defaultPrevented;
}

/** @param hosts absent = any is allowed */
export function isAllowedHost(hostname: string, hosts: readonly string[] | undefined): boolean {
  return hosts?.some((host) => host.toLowerCase() === hostname) ?? true;
}

function isAllowedAddress(url: string, hosts: readonly string[] | undefined): boolean {
  if (!url.startsWith("https://")) {
    return false;
  }
  try {
    const { hostname, username, password } = new URL(url);
    // A name before the host is there to look like one.
    return username === "" && password === "" && isAllowedHost(hostname, hosts);
  } catch {
    return false;
  }
}
