/** The root of an index in blocks: it lies beside the module, and its name alone is looked up anew. */

import { fault } from './errors.js';
import { fetchPacked } from './packed.js';

/** Its name. */
export const ROOT = 'samara.root';

/** Milliseconds after which an engine that does not answer is given up: it may have to fetch several blocks. */
export const patience = 60000;

/**
 * @param {string} module address of the module
 * @param {number} stall milliseconds without a byte after which a transfer is given up
 * @returns {Promise<import('./root.js').Root>}
 */
export async function fetchRoot(module, stall) {
  if (!module) {
    throw fault('missing-file', 'An index in blocks is opened by its address: open(url), or the attribute src.');
  }
  const address = new URL(ROOT, module).href;
  return { bytes: await fetchPacked(address, { stall, cache: 'no-cache' }), base: address, stall };
}
