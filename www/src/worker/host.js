/**
 * Runs the engine, in a worker or, where workers are refused, on the page's own thread: the same code in both.
 */

import { codeOf, fault } from '../api/errors.js';
import { instantiate } from './engine.js';
import { load, refused } from './loader.js';

/** @typedef {'query' | 'suggest' | 'similar' | 'info'} Method */

/**
 * A running engine.
 * @typedef {{ call(method: Method, args: unknown[]): unknown, end(): void }} Host
 */

/**
 * @param {import('./loader.js').ModuleSource} source
 * @param {number} stall milliseconds without a byte after which the transfer is given up
 * @returns {Promise<Host>}
 */
export async function openHost(source, stall) {
  const module = await load(source, stall);
  const start = performance.now();
  const engine = await instantiate(module).catch((error) => {
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
