/**
 * What is asked of the searcher and shown of its answers: the query with its filters and order, the latest question
 * only, more hits on demand.
 */

import { borrowSearcher, Search } from '../api/search.js';
import { tell } from './dom.js';

/** @typedef {import('./panel.js').Setting} Setting */
/** @typedef {import('../api/search.js').Answer} Answer */

/** Milliseconds that the engine of an element lives on when it is taken away, for elements that are moved. */
const GRACE = 3000;

/** Milliseconds of rest after which a search is one, and not a beginning of another. */
const REST = 1000;

export class Asking {
  #host;
  #panel;
  #extras;
  #on;
  /** @type {ReturnType<typeof borrowSearcher> | undefined} */
  #borrowed;
  /** @type {Search | undefined} */
  #search;
  /** @type {AbortController | undefined} */
  #asked;
  /** Whether the index is open, or being opened. */
  #opening = false;
  #opened = false;
  #literal = false;
  /** What is shown, with all hits so far. @type {{ answer: Answer, words: string[], query: string } | undefined} */
  #shown;
  /** @type {import('./conditions.js').Filters} */
  #filters = {};
  #sort = '';
  /** Fields all of whose values are shown. @type {Set<string>} */
  #wide = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  query = '';

  /**
   * @param {import('./element.js').SamaraSearch} host
   * @param {import('./panel.js').Panel} panel
   * @param {import('./extras.js').Extras} extras
   * @param {{ began(): void, listed(): void, ended(): void, added(): void, rested(): void, narrowed(): void }} on
   */
  constructor(host, panel, extras, on) {
    this.#host = host;
    this.#panel = panel;
    this.#extras = extras;
    this.#on = on;
  }

  /** Takes hold of the engine, and has the index opened. A failure is shown once there is a query. */
  async begin() {
    const borrowed = borrowSearcher(this.#host.src, GRACE);
    this.#borrowed = borrowed;
    this.#search = new Search(borrowed);
    borrowed.watchers.add(this.#arrived);
    await this.#open();
  }

  /** Gives the searcher back and drops what is under way. */
  end() {
    clearTimeout(this.#rest);
    this.#asked?.abort();
    this.#borrowed?.watchers.delete(this.#arrived);
    this.#borrowed?.close();
    this.#borrowed = this.#search = undefined;
    this.#opening = this.#opened = false;
  }

  /** What a person asks for, as it stands in an address. @returns {import('./address.js').Asked} */
  get asked() {
    return { query: this.query.trim(), filters: this.#filters, sort: this.#sort };
  }

  /** Takes over what an address asks for. @param {import('./address.js').Asked} asked */
  take({ query, filters, sort }) {
    this.query = query;
    this.#literal = false;
    this.#filters = filters;
    this.#sort = sort;
    this.again();
  }

  /** @param {string} query as it stands in the box */
  typed(query) {
    if (query === this.query) return;
    this.query = query;
    this.#literal = false;
    if (!query.trim()) this.#filters = {};
    this.again();
  }

  /** Asks for what was typed and not for what it was corrected to. */
  literally() {
    this.#literal = true;
    this.again();
  }

  /**
   * @param {string} field
   * @param {string} value to be admitted, or not any more
   */
  toggle(field, value) {
    const { third } = this.#extras;
    if (third) this.#narrow(third.toggled(this.#filters, field, value));
  }

  /**
   * @param {string} field
   * @param {string[] | import('./conditions.js').Span | undefined} condition the only one on this field from now on
   */
  set(field, condition) {
    const { [field]: _, ...others } = this.#filters;
    this.#narrow(condition ? { ...others, [field]: condition } : others);
  }

  /** Narrows to nothing any more. */
  widen() {
    this.#narrow({});
  }

  /** @param {import('./conditions.js').Filters} filters */
  #narrow(filters) {
    this.#filters = filters;
    this.again();
    this.#on.narrowed();
  }

  /** @param {string} field all of whose values are wanted */
  unfold(field) {
    this.#wide.add(field);
    this.redraw();
  }

  /** @param {string} sort */
  sortBy(sort) {
    this.#sort = sort;
    this.again();
    this.#on.narrowed();
  }

  /** Whether there is something to ask for. */
  get isWanted() {
    return Boolean(this.query.trim()) || this.#host.browse;
  }

  /** Asks, and shows the answer unless something else has been asked by then. */
  async again() {
    const { query } = this;
    this.#asked?.abort();
    clearTimeout(this.#rest);
    if (!this.isWanted || !this.#borrowed) {
      this.#shown = undefined;
      return this.#on.rested();
    }
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.#panel.busy(this.#host.languageTag(), !this.#opened);
    this.#on.began();
    this.#open();
    try {
      let answer = await this.#ask(0, signal, true);
      if (answer.partial && !signal.aborted) {
        // Titles first; their passages are on their way.
        this.#panel.answer(answer, [], query, this.#setting());
        this.#on.listed();
        answer = await this.#ask(0, signal);
      }
      // Without them the answer stands.
      const words = await this.#complete(answer.corrected?.to ?? query, signal).catch(() => []);
      if (signal.aborted) return;
      this.#shown = { answer, words, query };
      this.#panel.answer(answer, words, query, this.#setting());
      this.#on.ended();
      tell(this.#host, 'samara-search', { query, answer });
      this.#rest = setTimeout(() => this.settle(), REST);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** The search rests: what was asked before was only on the way to it. */
  settle() {
    if (!this.#rest || !this.#shown) return;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const { answer, query } = this.#shown;
    if (!query.trim()) return;
    tell(this.#host, 'samara-settled', { query, total: answer.total, ms: answer.took, corrected: answer.corrected });
  }

  /** Shows the same answer once more, after a change of how it is shown. */
  async redraw() {
    if (!this.#shown) return this.isWanted ? undefined : this.#on.rested();
    await this.#extras.prepare(this.#shown.answer, () => this.redraw());
    if (!this.#shown) return;
    const { answer, words, query } = this.#shown;
    this.#panel.answer(answer, words, query, this.#setting());
    this.#on.added();
  }

  /** Adds the next hits to those shown. */
  async more() {
    const shown = this.#shown;
    if (!shown) return;
    this.#asked?.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const answer = await this.#ask(shown.answer.hits.length, signal);
      if (signal.aborted) return;
      shown.answer = { ...shown.answer, hits: [...shown.answer.hits, ...answer.hits] };
      this.#panel.append(answer, this.#setting());
      this.#on.added();
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  async #open() {
    const borrowed = this.#borrowed;
    if (this.#opening || !borrowed) return;
    this.#opening = true;
    try {
      await borrowed.ready();
      const info = await this.#search?.info();
      if (borrowed !== this.#borrowed) return;
      this.#opened = true;
      this.#panel.opened();
      tell(this.#host, 'samara-ready', info);
    } catch {
      if (borrowed === this.#borrowed) this.#opening = false;
    }
  }

  /** @type {import('../api/loader.js').Progress} */
  #arrived = (loaded, total) => this.#panel.opening(this.#host.languageTag(), total && loaded / total);

  get #order() {
    return this.#sort || this.#host.sort || (this.query.trim() ? 'relevance' : 'date:desc');
  }

  /** Address that results' relative links start from. */
  get base() {
    return (!this.#host.base && this.#borrowed?.site) || this.#host.baseAddress;
  }

  /** @returns {Setting} */
  #setting() {
    const host = this.#host;
    return {
      base: this.base,
      highlight: host.getAttribute('highlight'),
      tag: host.languageTag(),
      fields: this.#extras.third?.fieldsOf(host.getAttribute('facets')),
      chosen: this.#filters,
      admitted: host.filters,
      wide: this.#wide,
      sort: this.#order,
      group: host.group,
      image: host.image,
      timing: host.timing,
      reachable: host.mode === 'page',
      template: host.querySelector('template'),
      third: this.#extras.third,
      renderHit: host.renderHit,
    };
  }

  /**
   * @param {number} offset
   * @param {AbortSignal} signal
   * @param {boolean} [partial] whether hits without their passages will do
   * @returns {Promise<Answer>}
   */
  async #ask(offset, signal, partial) {
    if (!this.#search) throw signal.reason;
    const { third } = this.#extras;
    const fields = third?.fieldsOf(this.#host.getAttribute('facets'));
    const filters = { ...this.#host.filters, ...third?.conditionsOf(this.#filters) };
    const answer = await this.#search.query(this.query, {
      limit: this.#host.limit,
      offset,
      signal,
      ...(partial ? { partial } : {}),
      ...(fields ? { facets: fields.map(({ field }) => field) } : {}),
      ...(Object.keys(filters).length ? { filters } : {}),
      ...(this.#order === 'relevance' ? {} : { sort: this.#order }),
      ...(this.#literal ? { correct: false } : {}),
      ...(this.query.trim() ? {} : { all: true }),
    });
    await this.#extras.prepare(answer, () => this.redraw());
    if (this.#order === 'relevance') this.#extras.third?.prefer(answer.hits, this.#host.languageTag());
    return answer;
  }

  /**
   * @param {string} query as it was understood
   * @param {AbortSignal} signal
   * @returns {Promise<string[]>} texts that it may become
   */
  async #complete(query, signal) {
    const limit = this.#host.suggestions;
    if (!limit || !query.trim()) return [];
    // One more, since the word may be complete as it stands.
    const found = await /** @type {import('../api/search.js').Search} */ (this.#search).suggest(query, {
      limit: limit + 1,
      signal,
    });
    return found
      .map(({ text }) => text)
      .filter((text) => text.toLowerCase() !== query.trim().toLowerCase())
      .slice(0, limit);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#shown = undefined;
    this.#panel.error(error, this.#host.languageTag());
    this.#on.ended();
    tell(this.#host, 'samara-error', error);
  }
}
