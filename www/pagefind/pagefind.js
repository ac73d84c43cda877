/**
 * Pagefind's interface on Samara's engine: `pagefind.js` of a bundle that `samara build --pagefind` wrote.
 *
 * What sites and interfaces written for Pagefind call is here under the same names and with the same shapes. Differences on
 * purpose, such as words that are alternatives, are listed in docs/from-pagefind.md.
 */

import { Instance } from './instance.js';

/** @typedef {import('./instance.js').IndexOptions} IndexOptions */
/** @typedef {import('./instance.js').SearchOptions} SearchOptions */
/** @typedef {import('./instance.js').Counts} Counts */
/** @typedef {Omit<import('./instance.js').Results, 'timings'> & { timings: import('./instance.js').Results['timings'][] }} Results */

/** What an index answers to, of this bundle or of another. @typedef {Pick<Instance, 'init' | 'search' | 'filters' | 'destroy' | 'options'>} Index */

/** Milliseconds that `debouncedSearch` waits for further letters. */
const DEBOUNCE = 300;

/** Several bundles searched as one, first the one beside this script or where `basePath` says. */
class Pagefind {
  /** @type {IndexOptions} */
  #options;
  /** @type {Promise<Index> | undefined} */
  #first;
  /** @type {Index[]} */
  #others = [];
  #searches = 0;

  /** @param {IndexOptions} [options] */
  constructor(options = {}) {
    this.#options = { ...options };
  }

  /** @param {IndexOptions} options */
  async options(options) {
    const moves = options.basePath !== undefined && options.basePath !== this.#options.basePath;
    Object.assign(this.#options, options);
    if (moves) await this.#close();
    else await (await this.#first)?.options(options);
  }

  async init() {
    await (await this.#open()).init();
  }

  async destroy() {
    this.#searches++;
    await Promise.all(this.#others.splice(0).map((index) => index.destroy()));
    await this.#close();
  }

  /** The first bundle; where its script cannot be had, the next call tries anew. */
  #open() {
    const { basePath, ...options } = this.#options;
    const opening = (this.#first ??= indexOf(basePath === undefined ? OWN : scriptIn(basePath), options));
    opening.catch(() => {
      if (this.#first === opening) this.#first = undefined;
    });
    return opening;
  }

  async #close() {
    const opening = this.#first;
    this.#first = undefined;
    await opening?.then((index) => index.destroy(), () => {});
  }

  async #indexes() {
    return [await this.#open(), ...this.#others];
  }

  /**
   * Searches another bundle as well: by its own script, so that builds of different versions go together.
   * @param {string} path of the bundle's folder
   * @param {IndexOptions} [options]
   */
  async mergeIndex(path, options = {}) {
    const { basePath } = this.#options;
    const script = scriptIn(path);
    if (script === (basePath === undefined ? OWN : scriptIn(basePath))) {
      console.warn(`mergeIndex: ${path} is the bundle that is searched already.`);
      return;
    }
    this.#others.push(await indexOf(script, options));
  }

  /** @returns {Promise<Counts>} */
  async filters() {
    return merged(await Promise.all((await this.#indexes()).map((index) => index.filters())));
  }

  /** Gets the engine ready; what a search needs is all there then. */
  async preload() {
    await this.init();
  }

  /**
   * @param {string | null} term
   * @param {SearchOptions} [options]
   * @returns {Promise<Results | null>} nothing where only loading was asked for
   */
  async search(term, options = {}) {
    if (options.preload) {
      await this.preload();
      return null;
    }
    const all = await Promise.all((await this.#indexes()).map((index) => index.search(term, options)));
    // Each index numbers its pages by itself.
    const results = all.flatMap((one, place) => one.results.map((result) => (place ? { ...result, id: `${place}-${result.id}` } : result)));
    const [direction] = Object.values(options.sort ?? {});
    if (all.length > 1) results.sort(direction ? byOrder(direction) : (one, other) => other.score - one.score);
    const [{ search_environment }] = all;
    return {
      results,
      unfilteredResultCount: all.reduce((sum, one) => sum + one.unfilteredResultCount, 0),
      filters: merged(all.map((one) => one.filters)),
      totalFilters: merged(all.map((one) => one.totalFilters)),
      timings: all.flatMap((one) => one.timings),
      ...(search_environment ? { search_environment } : {}),
    };
  }

  /**
   * @param {string | null} term
   * @param {SearchOptions} [options]
   * @param {number} [wait] milliseconds
   * @returns {Promise<Results | null>} nothing where another search was asked for in the meantime
   */
  async debouncedSearch(term, options, wait = DEBOUNCE) {
    const number = ++this.#searches;
    this.preload().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (number !== this.#searches) return null;
    const found = await this.search(term, options);
    return number === this.#searches ? found : null;
  }
}

/**
 * Counts of several indexes in one.
 * @param {Counts[]} all
 * @returns {Counts}
 */
function merged(all) {
  /** @type {Counts} */
  const sums = {};
  for (const counts of all) {
    for (const [field, values] of Object.entries(counts)) {
      sums[field] ??= {};
      for (const [value, count] of Object.entries(values)) sums[field][value] = (sums[field][value] ?? 0) + count;
    }
  }
  return sums;
}

/** @param {string} direction */
function byOrder(direction) {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const sign = direction === 'desc' ? -1 : 1;
  return (/** @type {{ order?: string }} */ one, /** @type {{ order?: string }} */ other) => sign * compare(one.order ?? '', other.order ?? '');
}

/** This script, which the page may have asked for with a query. */
const OWN = import.meta.url.split(/[?#]/)[0];

/** @param {string} folder of a bundle, as the page sees it */
function scriptIn(folder) {
  const page = globalThis.location?.href ?? import.meta.url;
  return new URL('pagefind.js', new URL(folder.replace(/\/*$/, '/'), page)).href;
}

/**
 * The index of a bundle, by the script that lies there.
 * @param {string} script
 * @param {IndexOptions} options
 * @returns {Promise<Index>}
 */
async function indexOf(script, options) {
  if (script === OWN) return new Instance(options);
  const bundle = await import(/* @vite-ignore */ /* webpackIgnore: true */ script).catch((cause) => {
    // Not every browser says which script it was.
    throw new Error(`${script} could not be loaded. Correct the address of the bundle, or deploy it.`, { cause });
  });
  return bundle.createInstance(options);
}

/** What the functions of this module share until `destroy`. @type {Pagefind | undefined} */
let shared;
const own = () => (shared ??= new Pagefind());

/** @param {IndexOptions} options */
export const options = async (options) => own().options(options);
export const init = async () => own().init();
export const destroy = async () => {
  const ended = shared;
  shared = undefined;
  await ended?.destroy();
};
/** @param {string} path @param {IndexOptions} [options] */
export const mergeIndex = async (path, options) => own().mergeIndex(path, options);
/** @param {string | null} term @param {SearchOptions} [options] */
export const search = async (term, options) => own().search(term, options);
/** @param {string | null} term @param {SearchOptions} [options] @param {number} [wait] milliseconds */
export const debouncedSearch = async (term, options, wait) => own().debouncedSearch(term, options, wait);
/** @param {string | null} [_term] @param {SearchOptions} [_options] */
export const preload = async (_term, _options) => own().preload();
export const filters = async () => own().filters();

/**
 * A search with options of its own beside that of the module.
 * @param {IndexOptions} [options]
 */
export const createInstance = (options) => new Pagefind(options);
