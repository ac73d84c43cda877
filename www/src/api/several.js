/** Several indexes asked as one, as those of a site's versions or languages. How is a matter of `joined.js`. */

import { loadThird } from '../third/load.js';

/** @typedef {import('./shared.js').Borrowed} Borrowed */
/** @typedef {import('./searcher.js').Searcher['request']} Request */
/** An index, with the address by which hits name it. @typedef {{ from: string, asked: Borrowed }} Part */

export class Several {
  #parts;

  /** @param {Part[]} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Told of what arrives of the modules. @returns {{ add(watcher: import('./loader.js').Progress): void, delete(watcher: import('./loader.js').Progress): void }} */
  get watchers() {
    const each = this.#parts.map(({ asked }) => asked.watchers);
    return {
      add: (watcher) => each.forEach((watchers) => void watchers.add(watcher)),
      delete: (watcher) => each.forEach((watchers) => void watchers.delete(watcher)),
    };
  }

  /** Hits say whole addresses. */
  get site() {
    return '';
  }

  async ready() {
    await Promise.all(this.#parts.map(({ asked }) => asked.ready()));
  }

  close() {
    for (const { asked } of this.#parts) asked.close();
  }

  /** @type {Request} */
  async request(method, args, signal) {
    const { askSeveral } = await loadThird();
    return askSeveral(this.#parts, method, args, signal);
  }
}
