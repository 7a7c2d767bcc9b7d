import { useLocale, useTexts } from "./NotificationContext";
import { useNow } from "./useNow";
import { exactTime, relativeTime, timeWithinDay } from "../lib/times";

export interface RelativeTimeProps {
  /** RFC 3339. */
  readonly at: string;
  /** The name of its day stands above it. */
  readonly isUnderDay?: boolean;
}

/** How long ago, kept up to date; exactly when is its title, and said to screen readers. */
export function RelativeTime({ at, isUnderDay = false }: RelativeTimeProps) {
  const texts = useTexts().inbox;
  const locale = useLocale();
  const now = useNow();
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) {
    return null;
  }
  const exact = exactTime(ms, locale);
  return (
    <time dateTime={at} title={exact}>
      {(isUnderDay ? timeWithinDay : relativeTime)(ms, now, locale) ?? texts.justNow}
      <span className="belfry-visually-hidden">, {exact}</span>
    </time>
  );
}
