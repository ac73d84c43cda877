/**
 * Loads what is only needed once somebody searches. The build puts a file of this folder here instead: by a script
 * element in `samara.js`, and at once in a page that carries everything.
 */

/**
 * @param {unknown} [_source] that will be opened
 * @returns {Promise<typeof import('./second.js')>}
 */
export function loadSecond(_source) {
  return import('./second.js');
}
