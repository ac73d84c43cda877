/** From a compiled module to an engine with its index opened. */

import { putIndex } from '../api/foreign.js';
import { freshGlue } from './glue.js';

/** @typedef {ReturnType<typeof import('../../generated/samara.js').Engine.open>} OpenEngine */

/**
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} [index] to take in the place of the module's own
 * @param {import('../api/root.js').Root} [_root] of an index in blocks, which this engine does not read
 * @returns {Promise<OpenEngine>} independent of all others
 */
export async function instantiate(module, index, _root) {
  const { default: init, Engine } = await freshGlue();
  const { memory } = await init({ module_or_path: module });
  if (index) putIndex(memory, index);
  return Engine.open();
}
