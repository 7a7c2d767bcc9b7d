import format, { type CompiledMessage } from "icu-minify/format";
import inEnglish from "./catalogues/en.json";
import type { Texts } from "./catalogues/texts";

export type { Texts };

/** The messages of one language; compiled as the module is bundled, so that no parser is loaded. */
export interface Catalogue {
  readonly [key: string]: CompiledMessage | Catalogue;
}

type Bound = string | ((values: Record<string, string | number>) => string) | { readonly [key: string]: Bound };

/**
 * What a catalogue says, its numbers written as in the locale: a message is a string, or takes the values that it names.
 *
 * @returns what `texts.ts` beside the catalogue declares
 */
export function bind(catalogue: Catalogue, locale: string): unknown {
  return bound(catalogue, locale);
}

function bound(messages: CompiledMessage | Catalogue, locale: string): Bound {
  if (typeof messages === "string") {
    return messages;
  }
  return isCompiled(messages)
    ? (values) => format(messages, locale, values, { formatters }) as string
    : Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, bound(value, locale)]));
}

function isCompiled(messages: CompiledMessage | Catalogue): messages is CompiledMessage {
  return Array.isArray(messages);
}

const formatters = {
  getNumberFormat: remembered(Intl.NumberFormat),
  getDateTimeFormat: remembered(Intl.DateTimeFormat),
  getPluralRules: remembered(Intl.PluralRules),
};

/** They cost a thousand times what they do. */
function remembered<A extends unknown[], F>(Format: new (...settings: A) => F): (...settings: A) => F {
  const known = new Map<string, F>();
  return (...settings) => {
    const key = JSON.stringify(settings);
    const one = known.get(key) ?? new Format(...settings);
    known.set(key, one);
    return one;
  };
}

export const english: Catalogue = inEnglish;

/** All that the components say. A platform may give the provider others: another language, other words. */
export const englishTexts = bind(english, "en") as Texts;

type Some<T> = T extends (...values: never[]) => string
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Some<T[K]> }
    : string;

/** Some of them, and names for types of one's own. */
export type SomeTexts = Some<Texts> & { readonly types?: Readonly<Record<string, string>> };

/** All texts, those that are given in place of the others. */
export const withTexts = (all: Texts, some: SomeTexts): Texts => merged(all, some) as Texts;

function merged(all: object, some: object): object {
  const known: Record<string, unknown> = { ...all };
  for (const [key, text] of Object.entries(some) as [string, unknown][]) {
    const before = known[key];
    known[key] =
      typeof before === "object" && before && typeof text === "object" && text
        ? merged(before, text)
        : (text ?? before);
  }
  return known;
}
