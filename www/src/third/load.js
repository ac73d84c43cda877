/** Loads what only some searches need. The build puts a file of this folder here instead, as for `second/load.js`. */

/** @returns {Promise<typeof import('./third.js')>} */
export function loadThird() {
  return import('./third.js');
}
