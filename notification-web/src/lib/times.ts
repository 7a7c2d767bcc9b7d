const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The language of the texts as the user's browser writes it: English texts are dated the British way in Britain. */
export function localeFor(language: string, preferred = browsersLocales()): string {
  const isOfLanguage = (locale: string) => locale === language || locale.startsWith(`${language}-`);
  return preferred.find((locale) => isOfLanguage(locale) && isWellFormed(locale)) ?? language;
}

/** None on a server, whose rendering has no times in it. */
const browsersLocales = (): readonly string[] => (typeof window === "undefined" ? [] : navigator.languages);

/** Some systems have names of their own, such as `en-US@posix`, which every format refuses by an exception. */
function isWellFormed(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

/** "5 minutes ago", "yesterday", "3 Nov"; null for less than a minute, and for the future, which a clock that is late makes. */
export function relativeTime(at: number, now: number, locale: string): string | null {
  const age = now - at;
  if (age < MINUTE) {
    return null;
  }
  const formats = formatsOf(locale);
  if (age < HOUR) {
    return formats.relative.format(-Math.floor(age / MINUTE), "minute");
  }
  if (age < DAY) {
    return formats.relative.format(-Math.floor(age / HOUR), "hour");
  }
  // "Yesterday" is a matter of the calendar, not of hours.
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days < 7) {
    return formats.relative.format(-days, "day");
  }
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? formats.date : formats.dateOfAnyYear).format(at);
}

/** Under the name of its day: how long ago if that is today, else the time on the clock. Null as `relativeTime`. */
export function timeWithinDay(at: number, now: number, locale: string): string | null {
  return startOfDay(at) === startOfDay(now) ? relativeTime(at, now, locale) : formatsOf(locale).clock.format(at);
}

/** "Today", "Yesterday", "Friday 27 November", in the reader's time zone. */
export function dayName(at: number, now: number, locale: string): string {
  const formats = formatsOf(locale);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const name =
    days <= 1
      ? formats.relative.format(-Math.max(0, days), "day")
      : (isThisYear ? formats.day : formats.dayOfAnyYear).format(at);
  const [first = "", ...rest] = name;
  return first.toLocaleUpperCase(locale) + rest.join("");
}

export function exactTime(at: number, locale: string): string {
  return formatsOf(locale).exact.format(at);
}

/** The time of today; of another day with its date. */
export function clockTime(at: number, now: number, locale: string): string {
  const formats = formatsOf(locale);
  return (startOfDay(at) === startOfDay(now) ? formats.clock : formats.exact).format(at);
}

/** On the clock, to the second. */
export function secondsTime(at: number, locale: string): string {
  return formatsOf(locale).seconds.format(at);
}

/** When the day began, in the reader's time zone. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function makeFormats(locale: string) {
  return {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
    date: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }),
    dateOfAnyYear: new Intl.DateTimeFormat(locale, { dateStyle: "medium" }),
    day: new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }),
    dayOfAnyYear: new Intl.DateTimeFormat(locale, { dateStyle: "long" }),
    exact: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
    seconds: new Intl.DateTimeFormat(locale, { timeStyle: "medium" }),
    clock: new Intl.DateTimeFormat(locale, { timeStyle: "short" }),
  };
}

// They cost a thousand times what they do.
const known = new Map<string, ReturnType<typeof makeFormats>>();

function formatsOf(locale: string) {
  const formats = known.get(locale) ?? makeFormats(locale);
  known.set(locale, formats);
  return formats;
}
