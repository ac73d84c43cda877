/**
 * Runs the engine, in a worker or, where workers are refused, on the page's own thread: the same code in both.
 */

import { codeOf, fault } from '../api/errors.js';
import { refused } from '../api/loader.js';
import { instantiate } from './engine.js';

/**
 * What an engine starts from; index: one to take in the place of the module's own.
 * @typedef {{ module: WebAssembly.Module, index?: Uint8Array<ArrayBuffer> }} Loaded
 */

/** @typedef {'query' | 'suggest' | 'similar' | 'info'} Method */

/**
 * A running engine.
 * @typedef {{ call(method: Method, args: unknown[]): unknown, end(): void }} Host
 */

/**
 * @param {Loaded} loaded
 * @returns {Promise<Host>}
 */
export async function openHost({ module, index }) {
  const start = performance.now();
  const engine = await instantiate(module, index).catch((error) => {
    throw codeOf(error) ? error : refused('The module', error);
  });
  const opened = performance.now() - start;
  return {
    call(method, args) {
      try {
        if (method === 'info') return { ...engine.info(), opened };
        return /** @type {(...args: unknown[]) => unknown} */ (engine[method]).apply(engine, args);
      } catch (error) {
        // The engine's own errors have a code; anything else is a trap, after which its memory means nothing.
        if (codeOf(error)) throw error;
        throw fault('crashed', 'The search engine stopped on this query. The next query starts a fresh one.', error);
      }
    },
    end: () => engine.free(),
  };
}
