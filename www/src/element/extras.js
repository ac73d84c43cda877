/** What only some searches need: it follows where the element, or an answer, asks for it. */

import { loadThird } from '../third/load.js';
import { adopt } from './dom.js';

/**
 * Whether there is an order in time to choose.
 * @param {import('../api/search.js').Answer} answer
 */
export function isDated({ hits }) {
  return hits.length > 1 && hits.some(({ meta }) => meta?.date);
}

/** Milliseconds that an answer waits for it, once, so that nothing moves when it comes; then hits are shown without it. */
const PATIENCE = 600;

/** Milliseconds after it could not be had in which it is not asked for again. */
const PAUSE = 5000;

export class Extras {
  #host;
  /** @type {Promise<typeof import('../third/third.js') | undefined> | undefined} */
  #coming;
  /** Nothing until it is there. @type {typeof import('../third/third.js') | undefined} */
  third;

  /** @param {import('./element.js').SamaraSearch} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * Loads it if it is needed. Without it, which a network may be the reason for, hits are found and shown all the same.
   * @param {import('../api/search.js').Answer} [answer] that is to be shown, and waits for a moment only
   * @param {() => void} [late] called if it comes after that
   */
  async prepare(answer, late) {
    const host = this.#host;
    const wanted =
      host.paramName() ||
      host.recent ||
      host.history ||
      host.facets ||
      host.group ||
      host.image ||
      host.timing ||
      host.hasAttribute('highlight') ||
      host.querySelector('template') ||
      Object.keys(answer?.facets ?? {}).length ||
      (answer && (isDated(answer) || !answer.hits.length));
    if (this.third || !wanted) return;
    const coming = this.load();
    if (!late) return coming;
    await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    if (!this.third) coming.then(() => this.third && late());
  }

  /** Loads it; what failed just now is not tried again at once. */
  async load() {
    this.#coming ??= loadThird().catch(() => {
      setTimeout(() => {
        this.#coming = undefined;
      }, PAUSE);
      return undefined;
    });
    this.third = await this.#coming;
    if (this.third) adopt(/** @type {ShadowRoot} */ (this.#host.shadowRoot), this.third.css);
  }
}
