import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { kept } from "../client/wire/kept";
import { directionOf, languages, loadTexts, preferredLanguage, type Language } from "../lib/languages";
import { englishTexts, bind, type Catalogue, type Texts } from "../lib/texts";
import { localeFor } from "../lib/times";
import english from "./catalogues/en.json";
import type { PageTexts } from "./catalogues/texts";

/** All words of the pages, in one language. */
export interface Words {
  readonly language: Language;
  /** What Belfry's components say. */
  readonly texts: Texts;
  /** What the pages around them say. */
  readonly pages: PageTexts;
}

const catalogues: Record<Language, () => Promise<{ readonly default: Catalogue }>> = {
  en: () => Promise.resolve({ default: english }),
  de: () => import("./catalogues/de.json"),
  es: () => import("./catalogues/es.json"),
  fr: () => import("./catalogues/fr.json"),
  "pt-BR": () => import("./catalogues/pt-BR.json"),
  ar: () => import("./catalogues/ar.json"),
};

const englishWords: Words = {
  language: "en",
  texts: englishTexts,
  pages: bind(english, englishTexts.language) as PageTexts,
};

/** What was chosen in this browser. */
const chosen = kept("belfry:language", () => localStorage);

/** The chosen language, else the browser's. */
export function ownLanguage(): Language {
  const language = chosen.load();
  return Object.keys(languages).find((known): known is Language => known === language) ?? preferredLanguage();
}

/** English where the words cannot be loaded. */
export async function loadWords(language: Language): Promise<Words> {
  try {
    const locale = localeFor(language);
    const [texts, pages] = await Promise.all([loadTexts(language, locale), catalogues[language]()]);
    return { language, texts, pages: bind(pages.default, locale) as PageTexts };
  } catch {
    return englishWords;
  }
}

interface Spoken extends Words {
  readonly speak: (language: Language) => void;
}

const LanguageContext = createContext<Spoken>({ ...englishWords, speak: () => {} });

/** What the pages say, and which language that is. */
export const useSpoken = (): Spoken => use(LanguageContext);

export const usePageTexts = (): PageTexts => useSpoken().pages;

interface LanguageProviderProps {
  /** Those of the language that is spoken first. */
  readonly words: Words;
  readonly children: ReactNode;
}

export function LanguageProvider({ words, children }: LanguageProviderProps) {
  const [spoken, setSpoken] = useState(words);
  const { language } = spoken;
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  const speak = (wanted: Language) => {
    chosen.save(wanted);
    void loadWords(wanted).then(setSpoken);
  };
  return <LanguageContext value={{ ...spoken, speak }}>{children}</LanguageContext>;
}

/** The choice of the language, each by its own name. */
export function LanguageSwitch() {
  const { language, pages, speak } = useSpoken();
  return (
    <label className="language">
      <span>{pages.language}</span>
      <select
        className="belfry-filters__select belfry-focusable"
        value={language}
        onChange={({ target }) => speak(target.value as Language)}
      >
        {Object.entries(languages).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
