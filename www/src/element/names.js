/** What the box says before anybody searches: its name, in the languages that the interface speaks. */

/** Texts of the page's own, by language; `SamaraSearch.texts`. @type {Record<string, Record<string, import('./texts.js').Text>>} */
export const ownTexts = { en: {} };

/** The word that names the box, as `languages.json` has it. @type {Record<string, string>} */
export const SEARCH = {
  en: 'Search',
  ar: 'بحث',
  de: 'Suchen',
  es: 'Buscar',
  fr: 'Rechercher',
  he: 'חיפוש',
  ja: '検索',
  ko: '검색',
  pt: 'Pesquisar',
  ru: 'Поиск',
  zh: '搜索',
  'zh-hant': '搜尋',
};

/** Languages written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi|ps|sd|ug|dv)\b/i;

/** Regions that write Chinese in traditional characters unless the tag says otherwise. */
const TRADITIONAL = /^zh\b(?=.*-(hant|tw|hk|mo)\b)(?!.*-hans\b)/i;

/**
 * @typedef {object} Tongue
 * @property {string} tag for `Intl` and for `lang`
 * @property {string} key by which its texts are found
 * @property {'ltr' | 'rtl'} direction
 * @property {string} search name of the box
 */

/**
 * @param {string} wanted language tag, as in `lang`; an unknown language speaks English
 * @returns {Tongue}
 */
export function tongueOf(wanted) {
  const tag = wanted.toLowerCase();
  const base = TRADITIONAL.test(tag) ? 'zh-hant' : tag.split('-')[0];
  const key = [tag, base].find((name) => Object.hasOwn(ownTexts, name) || Object.hasOwn(SEARCH, name));
  const own = ownTexts[key ?? 'en']?.search ?? ownTexts[base]?.search ?? SEARCH[base] ?? SEARCH.en;
  return {
    tag: key ? canonical(wanted) : 'en',
    key: key ?? 'en',
    direction: key && RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr',
    search: String(own),
  };
}

/** @param {string} tag */
function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
