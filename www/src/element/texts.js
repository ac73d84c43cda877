/**
 * What the interface says, by language. English is here, but for what only some searches need and what the first script
 * has; the others come in one file, which only pages in one of them fetch. A page can add languages or change single texts with `SamaraSearch.texts.xx = { … }`; what it leaves out is
 * taken from the same language where it is known, else from English.
 */

import { languagesFile } from '../api/place.js';
import { FIRST, ownTexts, tongueOf } from './names.js';

/**
 * Texts with `{n}` may differ by plural: then they are objects by the categories of `Intl.PluralRules`.
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Text
 */

/** @type {Record<string, Text>} */
export const ENGLISH = {
  clear: 'Clear',
  close: 'Close',
  results: 'Results',
  count: { one: '{n} result', other: '{n} results' },
  none: 'No results for {query}',
  ignored: 'Not used: {words}',
  corrected: 'Showing results for {query}',
  offered: 'Did you mean {query}?',
  instead: 'Search instead for {query}',
  loading: 'Searching…',
  opening: 'Loading the search…',
  offline: 'You are offline, and the search has not been loaded in full.',
  retry: 'Try again',
  more: 'Show more',
  suggestions: 'Suggestions',
  latest: 'Latest',
  shown: { one: '{n} result shown', other: '{n} results shown' },
  onPage: '{n} more on this page',
  others: { one: 'Also on {n} other page', other: 'Also on {n} other pages' },
};

/** Texts of the languages file, once it is there. @type {Record<string, Record<string, Text>>} */
let fetched = {};

/** @type {Promise<void> | undefined} */
let fetching;

/**
 * Fetches the other languages, if the wanted one is among them and not there yet. A failed attempt is made anew at the
 * next call.
 * @param {string} wanted language tag
 * @param {() => void} done called when they are there; never when they cannot be had, for English will do
 */
export function fetchLanguage(wanted, done) {
  const base = fileKey(wanted);
  if (base === 'en' || !FIRST[base] || Object.hasOwn(fetched, base)) return;
  fetching ??= languagesFile()
    .then((others) => {
      fetched = others;
    })
    .finally(() => {
      fetching = undefined;
    });
  fetching.then(done, () => {});
}

/** @param {string} wanted */
function fileKey(wanted) {
  const { key } = tongueOf(wanted);
  return FIRST[key] ? key : key.split('-')[0];
}

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
  const { tag, key, direction } = tongueOf(wanted);
  const file = fileKey(wanted);
  const [search, failed] = FIRST.en;
  const tables = [ownTexts[key], ownTexts[file], fetched[file], ownTexts.en, ENGLISH, { search, failed }];
  const plurals = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);

  /** @type {Language['say']} */
  const say = (key, values = {}) => {
    const text = tables.find((table) => table && Object.hasOwn(table, key))?.[key] ?? '';
    const chosen = typeof text === 'string' ? text : (text[plurals.select(Number(values.n))] ?? text.other ?? '');
    return chosen.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole);
    });
  };
  return {
    tag,
    direction,
    say,
    around(key, value) {
      const nodes = document.createDocumentFragment();
      const [before, after = ''] = say(key).split('{query}');
      nodes.append(before, value, after);
      return nodes;
    },
  };
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
