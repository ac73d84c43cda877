/**
 * `window.PagefindUI` on Samara's own search box, for sites whose pages load `pagefind-ui.js` and do not have Pagefind's
 * interface installed: the same call puts `<samara-search>` where Pagefind's would stand.
 */

import { place } from './box.js';

/**
 * @typedef {object} UIOptions what of Pagefind's options has a counterpart; others are told in the console
 * @property {string | Element} element where the box goes, or a selector of it
 * @property {string} [baseUrl]
 * @property {string} [bundlePath]
 * @property {number} [pageSize]
 * @property {boolean} [autofocus]
 * @property {string} [highlightParam]
 * @property {{ placeholder?: string }} [translations]
 */

class PagefindUI {
  #box;

  /** @param {UIOptions} options */
  constructor({ element, ...options }) {
    const target = typeof element === 'string' ? document.querySelector(element) : element;
    if (!target) throw new Error(`PagefindUI: no element ${element}`);
    this.#box = place(target, options);
  }

  /** @param {string} term */
  triggerSearch(term) {
    this.#box.search(term);
  }

  destroy() {
    this.#box.element.remove();
  }
}

Object.assign(window, { PagefindUI });
