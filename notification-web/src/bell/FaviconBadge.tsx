import { useEffect } from "react";
import { useInbox } from "../ui/useNotifications";

/** Shows on the page's icon, as tabs have it, how many are unread. One per page. */
export function FaviconBadge() {
  useUnreadFavicon();
  return null;
}

/** Shows on the page's icon how many are unread. */
export function useUnreadFavicon(): void {
  const { unreadCount } = useInbox();
  // There is room for one digit.
  const text = unreadCount ? (unreadCount > 9 ? "9+" : String(unreadCount)) : null;
  useEffect(() => (text === null ? undefined : badgeIcon(text)), [text]);
}

const SIZE = 64;

/** @returns leaves the page its icon again */
function badgeIcon(text: string): (() => void) | undefined {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  if (!link) {
    return undefined;
  }
  const { href, type } = link;
  const icon = new Image();
  icon.onload = () => {
    const badged = drawn(icon, text);
    if (badged !== null) {
      Object.assign(link, { type: "image/png", href: badged });
    }
  };
  icon.src = href;
  return () => {
    icon.onload = null;
    Object.assign(link, { type, href });
  };
}

/** @returns null where the browser cannot, or the icon is of another origin */
function drawn(icon: HTMLImageElement, text: string): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) {
    return null;
  }
  const radius = SIZE * 0.32;
  pen.drawImage(icon, 0, 0, SIZE, SIZE);
  pen.fillStyle = "#c5283d";
  pen.beginPath();
  pen.arc(SIZE - radius, radius, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = "#ffffff";
  pen.font = `bold ${radius * 1.5}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, SIZE - radius, radius, 2 * radius);
  try {
    return canvas.toDataURL();
  } catch {
    return null;
  }
}
