/** The one script of a page that carries everything has it already. */

import * as second from './second.js';

export async function loadSecond() {
  return second;
}
