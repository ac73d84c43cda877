/** The root of an index in blocks: it lies beside the module, and its name alone is looked up anew. */

import { foreseen } from './ahead.blocks.js';
import { fault } from './errors.js';
import { fetchPacked } from './packed.js';

/** Its name. */
export const ROOT = 'samara.root';

/** Milliseconds after which an engine that does not answer is given up: it may have to fetch several blocks. */
export const patience = 60000;

/**
 * @param {string} module address of the module
 * @param {number} stall milliseconds without a byte after which a transfer is given up
 * @returns {Promise<import('./root.js').ArrivedRoot>}
 */
export async function fetchRoot(module, stall) {
  if (!module) {
    throw fault('missing-file', 'An index in blocks is opened by its address: open(url), or the attribute src.');
  }
  const address = new URL(ROOT, module).href;
  // What the page has begun to fetch by itself is looked up anew as its host says. Some hosts have half a document.
  const isBegun = globalThis.document?.querySelector?.(`link[rel=preload][href$="${ROOT}"]`);
  const cache = isBegun ? 'default' : 'no-cache';
  return new Arrived({ bytes: await fetchPacked(address, { stall, cache }), base: address, stall });
}

/** Blocks that are fetched ahead, at most; half of them before there is a question. */
const MOST_AHEAD = 16;

class Arrived {
  #root;
  /** The blocks that were asked for ahead; nothing where one did not arrive. @type {Map<string, Promise<[string, Uint8Array<ArrayBuffer>] | undefined>>} */
  #ahead = new Map();
  #isWhole = false;

  /** @param {import('./root.js').Root} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {unknown} question */
  foresee(question = '') {
    if (this.#isWhole) return;
    const { bytes, base, stall } = this.#root;
    const most = question ? MOST_AHEAD : MOST_AHEAD / 2;
    for (const name of foreseen(bytes, String(question))) {
      if (this.#ahead.size >= most || this.#ahead.has(name)) continue;
      const arriving = fetchPacked(new URL(`blocks/${name}`, base).href, { stall, priority: 'high' });
      // Whatever is wrong, the engine will ask for it and tell.
      const block = arriving.then((bytes) => /** @type {[string, typeof bytes]} */ ([name, bytes]));
      this.#ahead.set(
        name,
        block.catch(() => undefined),
      );
    }
  }

  async whole() {
    this.#isWhole = true;
    const blocks = await Promise.all(this.#ahead.values());
    return { ...this.#root, blocks: blocks.filter((block) => block !== undefined) };
  }
}
