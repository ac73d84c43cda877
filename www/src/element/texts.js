/**
 * What the interface says, by language. English is here; the others come in one file, which only pages in one of them
 * fetch. A page can add languages or change single texts with `SamaraSearch.texts.xx = { … }`; what a language lacks
 * is taken from English.
 */

import { languagesFile } from '../api/place.js';

/**
 * Texts with `{n}` may differ by plural: then they are objects by the categories of `Intl.PluralRules`.
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Text
 */

/** @type {Record<string, Record<string, Text>>} */
export const texts = {
  en: {
    search: 'Search',
    clear: 'Clear',
    close: 'Close',
    results: 'Results',
    count: { one: '{n} result', other: '{n} results' },
    none: 'No results for {query}',
    advice: 'Check the spelling, or try fewer or more general words.',
    ignored: 'Not used: {words}',
    corrected: 'Showing results for {query}',
    offered: 'Did you mean {query}?',
    instead: 'Search instead for {query}',
    loading: 'Searching…',
    failed: 'The search is not available right now.',
    offline: 'You are offline, and the search has not been loaded yet.',
    retry: 'Try again',
    more: 'Show more',
    suggestions: 'Suggestions',
    recent: 'Recent searches',
    widen: 'Search without filters',
    shown: { one: '{n} result shown', other: '{n} results shown' },
    onPage: { one: '{n} more on this page', other: '{n} more on this page' },
    others: { one: 'Also reported by {n} other', other: 'Also reported by {n} others' },
    sort: 'Order',
    'sort-relevance': 'Best match',
    'sort-date:desc': 'Newest first',
    'sort-date:asc': 'Oldest first',
    'field-source': 'Source',
    'field-tag': 'Topic',
  },
};

/** Languages that `languages.json` holds. */
const OTHERS = /^(ar|de|es|fr|he|ja|ko|pt|ru|zh)\b/i;

/** @type {Promise<void> | undefined} */
let fetched;

/**
 * Fetches the other languages, if the wanted one is among them and not there yet.
 * @param {string} wanted language tag
 * @param {() => void} done called when they are there; never when they cannot be had, for English will do
 */
export function fetchLanguage(wanted, done) {
  if (!OTHERS.test(wanted) || Object.hasOwn(texts, wanted.split('-')[0].toLowerCase())) return;
  fetched ??= languagesFile().then((others) => {
    for (const [tag, own] of Object.entries(others)) texts[tag] ??= own;
  });
  fetched.then(done, () => {});
}

/** Languages written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi|ps|sd|ug|dv)\b/i;

/**
 * The interface in one language.
 * @typedef {object} Language
 * @property {string} tag for `Intl` and for `lang`
 * @property {'ltr' | 'rtl'} direction
 * @property {(key: string, values?: Record<string, string | number>) => string} say
 * @property {(key: string, value: Node) => DocumentFragment} around the text of a key with a node in place of `{query}`
 */

/**
 * @param {string} wanted language tag, as in `lang`; an unknown language speaks English
 * @returns {Language}
 */
export function language(wanted) {
  const known = [wanted, wanted.split('-')[0]].map((tag) => tag.toLowerCase()).find((tag) => Object.hasOwn(texts, tag));
  const own = known ? texts[known] : {};
  const tag = known ? canonical(wanted) : 'en';
  const plurals = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);

  /** @type {Language['say']} */
  const say = (key, values = {}) => {
    const text = own[key] ?? texts.en[key] ?? '';
    const chosen = typeof text === 'string' ? text : (text[plurals.select(Number(values.n))] ?? text.other ?? '');
    return chosen.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole);
    });
  };
  return {
    tag,
    direction: RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr',
    say,
    around(key, value) {
      const nodes = document.createDocumentFragment();
      const [before, after = ''] = say(key).split('{query}');
      nodes.append(before, value, after);
      return nodes;
    },
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

/**
 * A date as the language writes it; dates may be years or months only.
 * @param {string} date ISO 8601
 * @param {string} tag language
 * @returns {string} the text itself where it is no date
 */
export function formatDate(date, tag) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date);
  const time = parts ? Date.parse(parts[0]) : NaN;
  if (!parts || Number.isNaN(time)) return date;
  /** @type {Intl.DateTimeFormatOptions} */
  const style = { timeZone: 'UTC', year: 'numeric' };
  if (parts[2]) style.month = 'short';
  if (parts[3]) style.day = 'numeric';
  return new Intl.DateTimeFormat(tag, style).format(time);
}
