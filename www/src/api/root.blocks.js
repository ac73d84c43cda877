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
 * @returns {Promise<import('./root.js').Root>}
 */
export async function fetchRoot(module, stall) {
  if (!module) {
    throw fault('missing-file', 'An index in blocks is opened by its address: open(url), or the attribute src.');
  }
  const address = new URL(ROOT, module).href;
  return { bytes: await fetchPacked(address, { stall, cache: 'no-cache' }), base: address, stall };
}

/** The blocks of each root that were asked for ahead. @type {WeakMap<import('./root.js').Root, Map<string, Promise<[string, Uint8Array<ArrayBuffer>] | undefined>>>} */
const ahead = new WeakMap();

/** Blocks that are fetched ahead, at most. */
const MOST_AHEAD = 16;

/**
 * Fetches what a question will ask for, beside the engine.
 * @param {import('./root.js').Root} root
 * @param {unknown} question
 */
export function foresee(root, question) {
  const fetched = ahead.get(root) ?? new Map();
  ahead.set(root, fetched);
  for (const name of foreseen(root.bytes, String(question ?? ''))) {
    if (fetched.size >= MOST_AHEAD || fetched.has(name)) continue;
    const address = new URL(`blocks/${name}`, root.base).href;
    // Whatever is wrong, the engine will ask for it and tell.
    const arriving = fetchPacked(address, { stall: root.stall, priority: 'high' }).then(
      (bytes) => [name, bytes],
      () => undefined,
    );
    fetched.set(name, arriving);
  }
}

/**
 * @param {import('./root.js').Root} root
 * @returns {Promise<import('./root.js').Root>} the same with the blocks that were fetched ahead
 */
export async function withAhead(root) {
  const blocks = await Promise.all(ahead.get(root)?.values() ?? []);
  return { ...root, blocks: blocks.filter((block) => block !== undefined) };
}
