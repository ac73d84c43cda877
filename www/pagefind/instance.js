/**
 * The index of one bundle, asked the way Pagefind is.
 */

import { condition, tagsOf } from './conditions.js';
import { open } from './open.js';
import { facts } from './facts.js';
import { EXCERPT, fragment } from './fragment.js';
import { ranking } from './options.js';

/**
 * @typedef {object} IndexOptions
 * @property {string} [basePath] folder of the bundle, of which the script there is asked; that of this script unless told
 * @property {string} [baseUrl] what addresses of results begin with
 * @property {number} [excerptLength] words of a passage
 * @property {number} [indexWeight] what scores are multiplied by
 * @property {Record<string, unknown>} [mergeFilter] values that all pages of this index have
 * @property {string} [highlightParam] name under which addresses carry the words
 * @property {string} [language]
 * @property {import('./options.js').RankingWeights} [ranking]
 * @property {boolean} [exactDiacritics]
 * @property {boolean} [noWorker]
 * @property {string} [metaCacheTag] without effect: files are called by their content
 * @property {boolean} [primary] without effect
 */

/**
 * @typedef {object} SearchOptions
 * @property {unknown} [filters]
 * @property {Record<string, 'asc' | 'desc'>} [sort]
 * @property {boolean} [preload]
 * @property {boolean} [verbose]
 */

/** @typedef {Record<string, Record<string, number>>} Counts */
/** @typedef {ReturnType<typeof fragment>} Fragment */

/**
 * @typedef {object} Result
 * @property {string} id
 * @property {number} score
 * @property {number[]} words places of the marked words; of the first results alone, of others their data has them
 * @property {string[]} [matchedMetaFields] fields in which words were found; of the first results alone
 * @property {string} [order] what it is sorted by, if not by its score
 * @property {() => Promise<Fragment>} data
 */

/**
 * @typedef {object} Results
 * @property {Result[]} results
 * @property {number} unfilteredResultCount
 * @property {Counts} filters
 * @property {Counts} totalFilters
 * @property {{ preload: number, search: number, total: number }} timings
 * @property {string} [search_environment]
 */

/**
 * Results whose texts are read together: a page of Pagefind's default interface. Twice as many cost half as much again where the
 * index is in blocks: 67 kB instead of 43 for a later query to the library of the benches.
 */
const TOGETHER = 5;
/** A word is cut back to this many letters at least where nothing has it. */
const SHORTEST = 3;

export class Instance {
  /** @type {IndexOptions} */
  #options;
  /** @type {Promise<import('../src/api/search.js').Search> | undefined} */
  #search;

  /** @param {IndexOptions} options */
  constructor(options) {
    this.#options = { ...options };
  }

  /** @param {IndexOptions} options */
  async options(options) {
    Object.assign(this.#options, options);
  }

  /** Starts the engine; a failure is reported to whoever waits, and tried anew at the next call. */
  async init() {
    const { noWorker } = this.#options;
    this.#search ??= open(undefined, noWorker ? { worker: false } : {});
    const opening = this.#search;
    try {
      return await opening;
    } catch (error) {
      if (this.#search === opening) this.#search = undefined;
      throw error;
    }
  }

  async destroy() {
    const search = this.#search;
    this.#search = undefined;
    await search?.then((open) => open.close(), () => {});
  }

  /** @returns {Promise<Counts>} how many pages there are of each value of each filter */
  async filters() {
    const search = await this.init();
    const answer = await search.query('', { ...this.#counting(), all: true, limit: 0, filters: this.#inLanguage() });
    return this.#counts(answer, 'count', answer.total);
  }

  /**
   * @param {string | null} term `null` finds every page
   * @param {SearchOptions} [options]
   * @returns {Promise<Results>}
   */
  async search(term, { filters, sort, verbose } = {}) {
    const start = performance.now();
    const search = await this.init();
    const ready = performance.now();
    const { noWorker, indexWeight = 1, mergeFilter } = this.#options;
    const environment = verbose ? { search_environment: noWorker ? 'mainthread' : 'webworker' } : {};
    const timings = () => ({ preload: ready - start, search: performance.now() - ready, total: performance.now() - start });
    const inLanguage = this.#inLanguage();
    const nothing = { results: [], unfilteredResultCount: 0, filters: {}, totalFilters: {} };
    // With filters, what says nothing would be taken for a question for all that passes them.
    const says = term === null || /[\p{L}\p{N}]/u.test(String(term)) || (await search.query(String(term), { limit: 0 })).total;
    if (!says) return { ...nothing, timings: timings(), ...environment };
    const [field, direction] = Object.entries(sort ?? {})[0] ?? [];
    const chosen = condition(filters, tagsOf(mergeFilter));
    /** @type {import('../src/api/search.js').QueryOptions} */
    const asked = {
      ...this.#counting(),
      ...ranking(this.#options.ranking, this.#options.exactDiacritics),
      all: term === null,
      filters: { all: [inLanguage, chosen] },
      ...(field ? { sort: `${field}:${direction === 'desc' ? 'desc' : 'asc'}` } : {}),
    };
    const { text, answer } = await this.#first(search, term ?? '', asked);
    const unfiltered = filters ? await search.query(text, { ...asked, filters: inLanguage, facets: [], limit: 0 }) : answer;
    const place = this.#place(text);
    const whole = new Map([[0, Promise.resolve(answer.hits)]]);
    /** @param {number} number */
    const dataOf = async (number) => {
      const offset = number - number % TOGETHER;
      if (!whole.has(offset)) {
        // Asked of whatever engine runs by then: the one of the search may have been ended.
        const read = this.init().then((open) => open.query(text, { ...asked, texts: 'whole', facets: [], offset, limit: TOGETHER }));
        whole.set(offset, read.then(({ hits }) => hits));
        read.catch(() => whole.delete(offset));
      }
      const hit = (await whole.get(offset))?.[number - offset];
      if (!hit) throw new Error('This result is not there any more: search again.');
      return fragment(hit, place);
    };
    /** @type {Result[]} */
    const results = [];
    const { listing = [], sortedBy = [] } = answer;
    listing.forEach(([document, score], number) => {
      const order = sortedBy[number];
      // Pages without a value of the field that is sorted by, which stand last. Where no page has one, nothing is sorted.
      if (order === '') return;
      const hit = answer.hits[number];
      const first = hit && fragment(hit, place);
      const matched = first && matchedFields(text, hit, first.meta);
      results.push({
        id: String(document),
        score: score / 1000 * indexWeight,
        words: first?.locations ?? [],
        ...(matched?.length ? { matchedMetaFields: matched } : {}),
        ...(order === undefined ? {} : { order }),
        data: () => dataOf(number),
      });
    });
    return {
      results,
      unfilteredResultCount: unfiltered.total,
      filters: this.#counts(answer, 'count', results.length),
      totalFilters: this.#counts(answer, 'total', unfiltered.total),
      timings: timings(),
      ...environment,
    };
  }

  /**
   * The first answer. Where nothing has the last word, one that it begins with may be what was meant.
   * @param {import('../src/api/search.js').Search} search
   * @param {string} text
   * @param {import('../src/api/search.js').QueryOptions} asked
   */
  async #first(search, text, asked) {
    for (let shorter = text.trim(); ; shorter = shorter.slice(0, -1)) {
      const answer = await search.query(shorter, { ...asked, texts: 'whole', listing: true, limit: TOGETHER });
      const word = /[\p{L}\p{N}]+$/u.exec(shorter)?.[0] ?? '';
      if (answer.total || word.length <= SHORTEST || asked.correct === false) return { text: answer.total ? shorter : text, answer };
      // What filters leave out is there all the same.
      if ((await search.query(shorter, { ...asked, filters: this.#inLanguage(), facets: [], limit: 0 })).total) return { text: shorter, answer };
    }
  }

  /** @returns {import('../src/api/search.js').QueryOptions} near-duplicates are pages of their own, and filters are counted */
  #counting() {
    return { apart: true, zeros: true, facets: facts.filters };
  }

  /**
   * What leaves out pages of other languages than this page's, where there are any in its own.
   * @returns {import('../src/api/search.js').Condition}
   */
  #inLanguage() {
    const told = this.#options.language ?? globalThis.document?.documentElement?.getAttribute('lang') ?? '';
    const own = told.toLowerCase().split(/[-_]/)[0];
    const others = Object.keys(facts.languages).filter((language) => language !== own);
    return own in facts.languages && others.length ? { none: { lang: others } } : {};
  }

  /**
   * @param {import('../src/api/search.js').Answer} answer
   * @param {'count' | 'total'} kind
   * @param {number} found pages, all of which have the tags of `mergeFilter`
   * @returns {Counts}
   */
  #counts(answer, kind, found) {
    /** @type {Counts} */
    const counts = {};
    for (const field of [...facts.filters].sort()) {
      const values = answer.facets?.[field] ?? [];
      counts[field] = Object.fromEntries(values.map((value) => /** @type {const} */ ([value.value, value[kind]])).sort(([one], [other]) => (one < other ? -1 : 1)));
    }
    for (const [field, values] of Object.entries(tagsOf(this.#options.mergeFilter))) {
      counts[field] = { ...counts[field], ...Object.fromEntries(values.map((value) => [value, found])) };
    }
    return counts;
  }

  /**
   * @param {string} text
   * @returns {import('./fragment.js').Place}
   */
  #place(text) {
    const { baseUrl, excerptLength, highlightParam, mergeFilter } = this.#options;
    const base = (baseUrl ?? ownBase()).replace(/\/*$/, '/');
    const isWhole = (/** @type {string} */ url) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(url);
    const path = (/** @type {string} */ url) => url.replace(/^(\.?\/)+/, '');
    const words = highlightParam ? highlighted(text) : [];
    return {
      raw: (url) => (isWhole(url) ? url : `/${path(url)}`),
      address(url) {
        const whole = isWhole(url) ? url : base + path(url);
        if (!words.length) return whole;
        const [address, hash] = whole.split('#');
        const query = words.map((word) => `${encodeURIComponent(highlightParam ?? '')}=${encodeURIComponent(word)}`).join('&');
        return `${address}${address.includes('?') ? '&' : '?'}${query}${hash === undefined ? '' : `#${hash}`}`;
      },
      filters: facts.filters,
      meta: facts.meta,
      tags: tagsOf(mergeFilter),
      length: Math.max(1, Number(excerptLength) || EXCERPT),
    };
  }
}

/** Path of the site's root, as the place of this script tells it. */
function ownBase() {
  if (!facts.root) return '/';
  const root = new URL(facts.root, import.meta.url);
  const page = globalThis.location?.origin;
  return page && root.origin !== page && page !== 'null' ? root.href : root.pathname;
}

/**
 * Words of a query that a page of a hit is to mark, a phrase in quotes as one.
 * @param {string} text
 */
function highlighted(text) {
  const parts = text.match(/-?"[^"]+"|\S+/g) ?? [];
  const typed = parts.filter((part) => !part.startsWith('-')).map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  return [...new Set(typed.filter(Boolean))];
}

/**
 * Fields in which words of a query stand.
 * @param {string} text
 * @param {import('../src/api/search.js').Hit} hit
 * @param {Record<string, string>} meta
 */
function matchedFields(text, hit, meta) {
  const words = new Set(wordsIn(text));
  return Object.keys(meta).filter((name) => (name === 'title' ? hit.titleMarks?.length : wordsIn(meta[name]).some((word) => words.has(word))));
}

/** @param {string} text */
function wordsIn(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
