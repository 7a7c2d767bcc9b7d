import { english, bind, type Catalogue, type Texts } from "./texts";
import { localeFor } from "./times";

/** The languages that Belfry speaks, by BCP 47 tag, each by its own name. */
export const languages = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  "pt-BR": "Português (Brasil)",
  ar: "العربية",
} as const;

export type Language = keyof typeof languages;

const catalogues: Record<Language, () => Promise<{ readonly default: Catalogue }>> = {
  en: () => Promise.resolve({ default: english }),
  de: () => import("./catalogues/de.json"),
  es: () => import("./catalogues/es.json"),
  fr: () => import("./catalogues/fr.json"),
  "pt-BR": () => import("./catalogues/pt-BR.json"),
  ar: () => import("./catalogues/ar.json"),
};

/**
 * What the components say in a language; each but English is a file of its own.
 *
 * @param locale how numbers are written, a BCP 47 tag
 * @returns rejects when the file cannot be loaded
 */
export async function loadTexts(language: Language, locale = localeFor(language)): Promise<Texts> {
  return bind((await catalogues[language]()).default, locale) as Texts;
}

/** The first of the preferred languages that Belfry speaks, in whatever country; else English. */
export function preferredLanguage(preferred: readonly string[] = navigator.languages): Language {
  const known = Object.keys(languages) as Language[];
  const spoken = (tag: string) =>
    known.find((language) => language === tag) ?? known.find((language) => primaryOf(language) === primaryOf(tag));
  return preferred.map(spoken).find((language) => language !== undefined) ?? "en";
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

function primaryOf(tag: string): string | undefined {
  return tag.toLowerCase().split("-", 1)[0];
}
