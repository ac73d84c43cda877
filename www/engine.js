/**
 * The only file that knows the generated glue.
 *
 * The glue keeps its instance in variables of its own, so there is one engine in a worker or page at a time.
 */

import init, { Engine } from './generated/samara.js';

/** @typedef {InstanceType<typeof Engine>} OpenEngine */

/**
 * @param {WebAssembly.Module} module
 * @returns {Promise<OpenEngine>} the engine, with the index of the module opened
 */
export async function instantiate(module) {
  await init({ module_or_path: module });
  return Engine.open();
}
