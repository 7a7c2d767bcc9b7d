import { LinkifyIt } from "linkify-it";

/** A stretch of a text: an address, as it is written and as a browser reads it, or what stands between two. */
export interface Stretch {
  readonly text: string;
  readonly url: URL | null;
}

// Those that name their scheme: a bare `b.example` is as often the end of one sentence and the beginning of the next. With what
// stands before an `@`, so that the host is the one behind it.
const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false, urlAuth: true })
  .add("ftp:", null)
  .add("//", null);

const schemes = new Set(["https:", "http:", "mailto:"]);

/** They turn the text around them, and make one address look like another. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The text in order, with its addresses apart: `https://`, `http://` and `mailto:`. */
export function stretchesOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { index, lastIndex, raw } of finder.match(text) ?? []) {
    const url = urlOf(raw);
    if (url) {
      stretches.push({ text: text.slice(end, index), url: null }, { text: raw, url });
      end = lastIndex;
    }
  }
  stretches.push({ text: text.slice(end), url: null });
  return stretches.filter((stretch) => stretch.text !== "");
}

function urlOf(address: string): URL | null {
  if (TURNING.test(address)) {
    return null;
  }
  try {
    const url = new URL(address);
    return schemes.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** An address around its host, which is behind what may stand before an `@`. */
export function aroundHost(address: string): readonly [before: string, host: string, after: string] {
  const [all = "", host = ""] = /^[a-z]+:\/\/(?:[^/?#\\]*@)?([^/?#\\@]*)/i.exec(address) ?? [];
  return [all.slice(0, all.length - host.length), host, address.slice(all.length)];
}
