import { distance } from 'fastest-levenshtein';
import { LRUCache } from 'lru-cache';

/** Where somebody travels to. `code`: ISO 3166-1 of a country, UN M.49 of a region, as `Intl.DisplayNames` takes them. */
export interface Place {
  readonly kind: 'country' | 'region';
  readonly code: string;
}

/** Regions as Airalo sells them, by its slugs, the surest first; those of M.49 are the nearest. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  '001': ['world', 'global', 'discover-global'],
  '002': ['africa'],
  '003': ['north-america'],
  '009': ['oceania'],
  '029': ['caribbean-islands', 'caribbean'],
  '142': ['asia'],
  '145': ['middle-east-and-north-africa', 'middle-east'],
  '150': ['europe'],
  '419': ['latin-america'],
};
/** What people say, and `Intl` does not; of no language in particular. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  usa: 'US',
  america: 'US',
  uae: 'AE',
  emirates: 'AE',
  korea: 'KR',
  holland: 'NL',
  turkey: 'TR',
  czechrepublic: 'CZ',
  eu: '150',
  global: '001',
  worldwide: '001',
  mena: '145',
  middleeast: '145',
  caribbeanislands: '029',
};
/** Have names, and nobody can travel there. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Shorter words have neighbours that are other places. */
const LONG = 5;

const known = new LRUCache<string, ReadonlyMap<string, string>>({ max: 50 });

/** The place a text names: by its code, or by its name in English or in the reader's language, also with a letter wrong. */
export function readPlace(text: string, locale: string): Place | undefined {
  const wanted = plain(text);
  if (wanted === '') return undefined;
  const also = ALSO[wanted];
  if (also !== undefined) return placeOf(also);
  if (/^[a-z]{2}$/.test(wanted) && isCountry(wanted.toUpperCase())) return placeOf(wanted.toUpperCase());
  const names = new Map([...namesIn('en'), ...namesIn(locale)]);
  const exact = names.get(wanted);
  if (exact !== undefined) return placeOf(exact);
  const near = [...names].filter(
    ([name]) => wanted.length >= LONG && (name.startsWith(wanted) || distance(name, wanted) === 1),
  );
  const codes = new Set(near.map(([, code]) => code));
  return codes.size === 1 ? placeOf([...codes].join()) : undefined;
}

/** Its name in the reader's language. */
export function placeName({ code }: Place, locale: string): string {
  return new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(code) ?? code;
}

/** By which Airalo knows a region; empty for a country. */
export function regionSlugs({ code }: Place): readonly string[] {
  return REGIONS[code] ?? [];
}

function placeOf(code: string): Place {
  return { kind: code in REGIONS ? 'region' : 'country', code };
}

/** Not those that a newer code stands for, such as `DD`, which has the same name. */
function isCountry(code: string): boolean {
  if (NO_COUNTRIES.has(code) || new Intl.Locale(`und-${code}`).region !== code) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined;
}

let countries: readonly string[] | undefined;

/** Code by plain name. */
function namesIn(locale: string): ReadonlyMap<string, string> {
  const made = known.get(locale);
  if (made) return made;
  countries ??= LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isCountry);
  const display = new Intl.DisplayNames([locale, 'en'], { type: 'region' });
  const names = new Map(
    [...countries, ...Object.keys(REGIONS)].map((code) => [plain(display.of(code) ?? code), code]),
  );
  known.set(locale, names);
  return names;
}

/** Without accents, case, blanks and signs. */
function plain(text: string): string {
  return text
    .slice(0, 80)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
