import { describe, expect, it } from "vitest";
import { clockTime, dayName, exactTime, localeFor, relativeTime } from "./times";

// In the zone of this machine: the calendar is that of the reader.
const at = (text: string) => new Date(text).getTime();
const now = at("2026-11-24T10:42:00");

describe("relativeTime", () => {
  it.each([
    ["2026-11-24T10:41:01", null],
    ["2026-11-24T10:42:30", null],
    ["2026-11-24T10:41:00", "1 minute ago"],
    ["2026-11-24T09:42:01", "59 minutes ago"],
    ["2026-11-24T09:42:00", "1 hour ago"],
    ["2026-11-23T10:42:01", "23 hours ago"],
    ["2026-11-23T10:42:00", "yesterday"],
    ["2026-11-23T00:00:00", "yesterday"],
    ["2026-11-22T23:59:59", "2 days ago"],
    ["2026-11-18T00:00:00", "6 days ago"],
    ["2026-11-17T23:59:59", "Nov 17"],
    ["2026-01-01T00:00:00", "Jan 1"],
    ["2025-12-31T23:59:59", "Dec 31, 2025"],
  ])("says of %s: %s", (time, said) => expect(relativeTime(at(time), now, "en-US")).toBe(said));

  it("speaks other languages", () => expect(relativeTime(now - 300_000, now, "de")).toBe("vor 5 Minuten"));
});

it.each([
  ["2026-11-24T23:59:59", "Today", "Heute"],
  ["2026-11-24T00:00:00", "Today", "Heute"],
  ["2026-11-23T23:59:59", "Yesterday", "Gestern"],
  ["2026-11-22T23:59:59", "Sunday 22 November", "Sonntag, 22. November"],
  ["2025-12-31T23:59:59", "31 December 2025", "31. Dezember 2025"],
  ["2026-11-25T00:30:00", "Today", "Heute"],
])("names the day of %s: %s", (time, english, german) => {
  expect(dayName(at(time), now, "en-GB")).toBe(english);
  expect(dayName(at(time), now, "de")).toBe(german);
});

it("tells the exact time", () => expect(exactTime(now, "en-GB")).toBe("24 Nov 2026, 10:42"));

it("tells the time of today, and the date of another day", () => {
  expect(clockTime(at("2026-11-24T09:05:00"), now, "en-GB")).toBe("09:05");
  expect(clockTime(at("2026-11-23T09:05:00"), now, "en-GB")).toBe("23 Nov 2026, 09:05");
});

it.each([
  ["the reader's kind of the texts' language", ["de-DE", "en-GB", "en-US"], "en-GB"],
  ["the texts' language where the reader has none of it", ["de-DE"], "en"],
  ["another language for none of it", ["eno"], "en"],
  ["the next one for one that the browser cannot format by", ["en-US@posix", "en-GB"], "en-GB"],
  ["the texts' language for that alone", ["en-US@posix"], "en"],
])("a locale is %s", (_, preferred, locale) => expect(localeFor("en", preferred)).toBe(locale));
