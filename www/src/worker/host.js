/**
 * Runs the engine, in a worker or, where workers are refused, on the page's own thread: the same code in both.
 */

import { codeOf, failure } from '../api/errors.js';
import { refused } from '../api/loader.js';
import { instantiate } from './engine.js';

/**
 * What an engine starts from; index: one to take in the place of the module's own; root: that of an index in blocks.
 * @typedef {{ module: WebAssembly.Module, index?: Uint8Array<ArrayBuffer>, root?: import('../api/root.js').Root }} Loaded
 */

/** @typedef {'query' | 'suggest' | 'similar' | 'info'} Method */

/**
 * A running engine.
 * @typedef {{ call(method: Method, args: unknown[]): Promise<unknown>, cancel(): void, end(): void }} Host
 */

/**
 * @param {Loaded} loaded
 * @returns {Promise<Host>}
 */
export async function openHost({ module, index, root }) {
  const start = performance.now();
  const engine = await instantiate(module, index, root).catch((error) => {
    throw codeOf(error) ? error : refused('The module', error);
  });
  const opened = performance.now() - start;
  return {
    async call(method, args) {
      try {
        if (method === 'info') return { ...engine.info(), opened };
        return await /** @type {(...args: unknown[]) => unknown} */ (engine[method]).apply(engine, args);
      } catch (error) {
        // The engine's own errors have a code; anything else is a trap, after which its memory means nothing.
        if (codeOf(error)) throw error;
        throw failure('crashed', [], error);
      }
    },
    // Of an index in blocks, fetching what nobody waits for ends.
    cancel: () => /** @type {{ cancel?: () => void }} */ (engine).cancel?.(),
    end: () => engine.free(),
  };
}
