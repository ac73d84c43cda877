/**
 * What is asked of the searcher and shown of its answers: the query with its filters and order, the latest question
 * only, more hits on demand.
 */

import { Search } from '../api/search.js';
import { toggled } from './narrowing.js';
import { borrowSearcher } from './shared.js';

/** @typedef {import('./panel.js').Setting} Setting */

export class Asking {
  #host;
  #panel;
  #on;
  /** @type {ReturnType<typeof borrowSearcher> | undefined} */
  #borrowed;
  /** @type {AbortController | undefined} */
  #asked;
  #warmed = false;
  #literal = false;
  #shown = 0;
  /** @type {import('./narrowing.js').Filters} */
  #filters = {};
  #sort = '';
  query = '';

  /**
   * @param {import('./element.js').SamaraSearch} host
   * @param {import('./panel.js').Panel} panel
   * @param {{ began(): void, ended(): void, added(): void, rested(): void }} on
   */
  constructor(host, panel, on) {
    this.#host = host;
    this.#panel = panel;
    this.#on = on;
  }

  /** Gives the searcher back and drops what is under way. */
  end() {
    this.#asked?.abort();
    this.#borrowed?.release();
    this.#borrowed = undefined;
    this.#warmed = false;
  }

  /** Loads the index at the first sign that somebody wants to search. A failure is shown once there is a query. */
  async warm() {
    if (this.#warmed || !this.#host.isConnected) return;
    this.#warmed = true;
    try {
      await this.#searcher.ready();
      this.#tell('samara-ready', await new Search(this.#searcher).info());
    } catch {
      this.#warmed = false;
    }
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
    this.#filters = toggled(this.#filters, field, value);
    this.again();
  }

  /** Narrows to nothing any more. */
  widen() {
    this.#filters = {};
    this.again();
  }

  /** @param {string} sort */
  sortBy(sort) {
    this.#sort = sort;
    this.again();
  }

  /** Asks, and shows the answer unless something else has been asked by then. */
  async again() {
    const { query } = this;
    this.#asked?.abort();
    if (!query.trim() || !this.#host.isConnected) return this.#on.rested();
    const { signal } = (this.#asked = new AbortController());
    const setting = this.#setting();
    this.#panel.busy(setting.language);
    this.#on.began();
    this.warm();
    try {
      const answer = await this.#ask(0, signal);
      const words = await this.#complete(answer.corrected?.to ?? query, signal);
      if (signal.aborted) return;
      this.#panel.answer(answer, words, query, setting);
      this.#shown = answer.hits.length;
      this.#on.ended();
      this.#tell('samara-search', { query, answer });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** Adds the next hits to those shown. */
  async more() {
    this.#asked?.abort();
    const { signal } = (this.#asked = new AbortController());
    try {
      const answer = await this.#ask(this.#shown, signal);
      if (signal.aborted) return;
      this.#panel.append(answer, this.#setting());
      this.#shown += answer.hits.length;
      this.#on.added();
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  get #searcher() {
    this.#borrowed ??= borrowSearcher(this.#host.getAttribute('src') ?? '');
    return this.#borrowed.searcher;
  }

  get #order() {
    return this.#sort || this.#host.getAttribute('sort') || 'relevance';
  }

  /** @returns {Setting} */
  #setting() {
    const host = this.#host;
    return {
      base: host.baseAddress,
      highlight: host.getAttribute('highlight'),
      language: host.language,
      fields: host
        .getAttribute('facets')
        ?.split(/[\s,]+/)
        .filter(Boolean),
      chosen: this.#filters,
      admitted: host.filters,
      sort: this.#order,
    };
  }

  /**
   * @param {number} offset
   * @param {AbortSignal} signal
   * @returns {Promise<import('../api/search.js').Answer>}
   */
  #ask(offset, signal) {
    const { fields } = this.#setting();
    const filters = { ...this.#host.filters, ...this.#filters };
    return new Search(this.#searcher).query(this.query, {
      limit: this.#host.limit,
      offset,
      signal,
      ...(fields ? { facets: fields } : {}),
      ...(Object.keys(filters).length ? { filters } : {}),
      ...(this.#order === 'relevance' ? {} : { sort: this.#order }),
      ...(this.#literal ? { correct: false } : {}),
    });
  }

  /**
   * @param {string} query as it was understood
   * @param {AbortSignal} signal
   * @returns {Promise<string[]>} texts that it may become
   */
  async #complete(query, signal) {
    const limit = this.#host.suggestions;
    if (!limit) return [];
    // One more, since the word may be complete as it stands.
    const found = await new Search(this.#searcher).suggest(query, { limit: limit + 1, signal });
    return found
      .map(({ text }) => text)
      .filter((text) => text.toLowerCase() !== query.trim().toLowerCase())
      .slice(0, limit);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#panel.error(error, this.#host.language);
    this.#on.ended();
    this.#tell('samara-error', error);
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #tell(type, detail) {
    this.#host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
