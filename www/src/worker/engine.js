/** From a compiled module to an engine with its index opened. */

import { freshGlue } from './glue.js';

/** @typedef {ReturnType<typeof import('../../generated/samara.js').Engine.open>} OpenEngine */

/**
 * @param {WebAssembly.Module} module
 * @returns {Promise<OpenEngine>} independent of all others
 */
export async function instantiate(module) {
  const { default: init, Engine } = await freshGlue();
  await init({ module_or_path: module });
  return Engine.open();
}
