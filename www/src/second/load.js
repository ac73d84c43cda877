/**
 * Loads what is only needed once somebody searches. The build puts a file of this folder here instead: by a script
 * element in `samara.js`, and at once in a page that carries everything.
 */

/** @returns {Promise<typeof import('./second.js')>} */
export function loadSecond() {
  return import('./second.js');
}
