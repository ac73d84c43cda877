/** Whoever searches the same index on a page, elements and code, shares one engine: one worker, one copy of the index. */

import { closed } from './errors.js';

/** @typedef {import('./searcher.js').Searcher} Searcher */
/** @typedef {{ searcher: Searcher, users: number, timer?: ReturnType<typeof setTimeout> }} Entry */

/** @type {Map<string, Entry>} */
const entries = new Map();

/** One user's hold on a shared searcher. */
export class Borrowed {
  #entry;
  #key;
  #grace;
  #end = new AbortController();

  /**
   * @param {string} key what tells one index from another
   * @param {() => Searcher} create
   * @param {number} [grace] milliseconds that the engine lives on when nobody uses it any more, for elements that are moved
   */
  constructor(key, create, grace = 0) {
    this.#key = key;
    this.#grace = grace;
    this.#entry = entries.get(key) ?? { searcher: create(), users: 0 };
    entries.set(key, this.#entry);
    this.#entry.users++;
    clearTimeout(this.#entry.timer);
  }

  /** Told of what arrives of the module. */
  get watchers() {
    return this.#entry.searcher.watchers;
  }

  /** Address that documents' addresses are relative to, where the index's folder tells. */
  get site() {
    return this.#entry.searcher.site;
  }

  /** @returns {Promise<void>} */
  ready() {
    return this.#end.signal.aborted ? Promise.reject(closed()) : this.#entry.searcher.ready();
  }

  /** @type {Searcher['request']} */
  request(method, args, signal) {
    const own = this.#end.signal;
    return this.#entry.searcher.request(method, args, signal ? AbortSignal.any([signal, own]) : own);
  }

  /** Ends this hold; the engine goes with the last one. */
  close() {
    if (this.#end.signal.aborted) return;
    this.#end.abort(closed());
    const entry = this.#entry;
    if (--entry.users > 0) return;
    entry.timer = setTimeout(() => {
      entries.delete(this.#key);
      entry.searcher.close();
    }, this.#grace);
  }
}
