/** What the box says before anybody searches, in the languages that the interface speaks: its name, and that there is no search. */

/** Texts of the page's own, by language; `SamaraSearch.texts`. @type {Record<string, Record<string, import('./texts.js').Text>>} */
export const ownTexts = { en: {} };

/** Texts of `languages.json` that are needed before it is there: `search` and `failed`. @type {Record<string, [string, string]>} */
export const FIRST = {
  // Tags are not names of what every object has.
  __proto__: /** @type {any} */ (null),
  en: ['Search', 'The search is not available right now.'],
  ar: ['بحث', 'البحث غير متاح الآن.'],
  de: ['Suchen', 'Die Suche ist gerade nicht verfügbar.'],
  es: ['Buscar', 'La búsqueda no está disponible ahora.'],
  fr: ['Rechercher', 'La recherche est indisponible pour le moment.'],
  he: ['חיפוש', 'החיפוש אינו זמין כרגע.'],
  ja: ['検索', '現在、検索を利用できません。'],
  ko: ['검색', '지금은 검색을 사용할 수 없습니다.'],
  pt: ['Pesquisar', 'A pesquisa não está disponível agora.'],
  ru: ['Поиск', 'Поиск сейчас недоступен.'],
  zh: ['搜索', '搜索暂时不可用。'],
  'zh-hant': ['搜尋', '搜尋暫時無法使用。'],
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
 * @property {string} failed there is no search
 */

/**
 * @param {string} wanted language tag, as in `lang`; an unknown language speaks English
 * @returns {Tongue}
 */
export function tongueOf(wanted) {
  const tag = wanted.toLowerCase();
  const base = TRADITIONAL.test(tag) ? 'zh-hant' : tag.split('-')[0];
  const key = [tag, base].find((name) => Object.hasOwn(ownTexts, name) || FIRST[name]);
  const [search, failed] = FIRST[base] ?? FIRST.en;
  return /** @type {Tongue} */ ({
    search,
    failed,
    ...ownTexts[base],
    ...ownTexts[key ?? 'en'],
    tag: key ? canonical(wanted) : 'en',
    key: key ?? 'en',
    direction: key && RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr',
  });
}

/** @param {string} tag */
function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return 'en';
  }
}
