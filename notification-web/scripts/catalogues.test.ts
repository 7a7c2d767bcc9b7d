// @vitest-environment node
import { expect, it } from "vitest";
import { differences, messagesOf } from "./catalogues.mjs";

const students = "{n, plural, one {# student} other {# students}}";

it.each<[string, string, object, object, string[]]>([
  [
    "says the same",
    "de",
    { a: "Close", b: { c: "{x} of {n, number}" } },
    { a: "Zu", b: { c: "{n, number}: {x}" } },
    [],
  ],
  ["lacks a message", "de", { a: "Close", b: "Open" }, { a: "Zu" }, ["b is missing"]],
  ["has one of its own", "de", { a: "Close" }, { a: "Zu", b: "Auf" }, ["b is not in en.json"]],
  ["lacks a value", "de", { a: "By {name}" }, { a: "Von" }, ['a takes [], not [["name","string"]]']],
  ["calls a value otherwise", "de", { a: "{n}" }, { a: "{m}" }, ['a takes [["m","string"]], not [["n","string"]]']],
  [
    "takes a text for a number",
    "de",
    { a: "{n, number}" },
    { a: "{n}" },
    ['a takes [["n","string"]], not [["n","number"]]'],
  ],
  ["lacks plurals", "ar", { a: students }, { a: students }, ["a has no plural for few, many, two, zero"]],
  ["has one form for all numbers", "ar", { a: students }, { a: "{n, plural, =0 {none} other {#}}" }, []],
])("a catalogue that %s", (_, language, source, translated, failures) =>
  expect(differences(messagesOf(source), messagesOf(translated), language)).toEqual(failures),
);
