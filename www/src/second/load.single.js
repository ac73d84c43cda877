/** The one script of a page that carries everything has it already. */

import * as second from './second.js';

/** @param {unknown} [_source] that will be opened */
export async function loadSecond(_source) {
  return second;
}
