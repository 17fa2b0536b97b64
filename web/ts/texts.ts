// Which language the page is read in, and its texts: a file for each language, which bundle.mjs makes of locales/.
import { remember, remembered } from "./browser";

/** The files of texts by the tags of their languages. */
declare const TEXT_FILES: Record<string, string>;

const REMEMBERED = "roundtable.language";

/** Where none of a reader's languages is there. */
const FALLBACK = "en";

/** Whether a tag like `de-AT` names a variety of the language `de`. */
function isOf(tag: string, language: string): boolean {
  return tag.split("-")[0]?.toLowerCase() === language;
}

/** The texts of each language, on their way or here. */
const fetched = new Map<string, Promise<string>>();

/** The texts of a language. What could not be fetched is fetched again by who asks again. */
export function texts(language: string): Promise<string> {
  const known = fetched.get(language) ?? fetchTexts(language);
  fetched.set(language, known);
  known.catch(() => fetched.delete(language));
  return known;
}

async function fetchTexts(language: string): Promise<string> {
  const answer = await fetch(new URL(TEXT_FILES[language]!, import.meta.url));
  if (!answer.ok) throw new Error(`the texts are not there: ${answer.status}`);
  return answer.text();
}

/** The remembered choice, or else the best of the browser's languages that the page can be read in. */
const first =
  [remembered(REMEMBERED) ?? "", ...navigator.languages]
    .map((tag) => Object.keys(TEXT_FILES).find((language) => isOf(tag, language)))
    .find((language) => language !== undefined) ?? FALLBACK;

// Now, and not when the module asks: they come beside it.
const firstOnes = texts(first);

/** The language that the page begins with. */
export function firstLanguage(): string {
  return first;
}

/** Its texts: the same answer for everybody, so that the page is shown, or an error, and not both. */
export function firstTexts(): Promise<string> {
  return firstOnes;
}

export function rememberLanguage(language: string): void {
  remember(REMEMBERED, language);
}

/** The browser's own variety of a language, which says how dates look, or the language itself. */
export function region(language: string): string {
  return navigator.languages.find((tag) => isOf(tag, language)) ?? language;
}
