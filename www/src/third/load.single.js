/** One script that carries everything has it already. */

import * as third from './third.js';

export async function loadThird() {
  return third;
}
