import { useMemo } from "react";
import { aroundHost, stretchesOf } from "../lib/addresses";
import { isAllowedHost } from "../lib/links";
import type { MessageTextProps } from "./MessageText";

/** A text with its addresses as links. It is in a file of its own with what finds them: see `MessageText`. */
export function LinkedText({ text, linkHosts }: MessageTextProps) {
  const stretches = useMemo(() => stretchesOf(text), [text]);
  return stretches.map((stretch, index) =>
    stretch.url && mayLead(stretch.url, linkHosts) ? (
      <Address key={index} address={stretch.text} url={stretch.url} />
    ) : (
      <span key={index}>{stretch.text}</span>
    ),
  );
}

function mayLead(url: URL, hosts: readonly string[] | undefined): boolean {
  return url.protocol === "mailto:" || isOwn(url) || isAllowedHost(url.hostname, hosts);
}

const isOwn = (url: URL) => url.host === window.location.host;

/** Of one that leads to another host the host stands out, as the browser reads it: the text may be made to look otherwise. */
function Address({ address, url }: { readonly address: string; readonly url: URL }) {
  const rel = "noopener noreferrer nofollow";
  if (url.protocol === "mailto:" || isOwn(url)) {
    return (
      <a className="belfry-address belfry-focusable" dir="ltr" href={url.href} rel={rel}>
        {address}
      </a>
    );
  }
  const [before, host, after] = aroundHost(address);
  return (
    <a className="belfry-address belfry-focusable" dir="ltr" href={url.href} rel={rel} target="_blank">
      <span>{before}</span>
      <b>{host}</b>
      <span>{after}</span>
      {host.toLowerCase() !== url.host && <b>{` (${url.host})`}</b>}
    </a>
  );
}
