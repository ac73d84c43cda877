/** What the interface needs without an element, in one module. */

import { indexOf } from '../api/foreign.js';
import { askSeveral } from '../api/joined.js';
import { sentence } from '../api/sentences.js';
import { resolveSource, unpack } from '../api/source.js';
import { successorOf } from '../api/successor.js';

/** @returns {Promise<Pick<typeof import('./third.js'), 'askSeveral' | 'indexOf' | 'resolveSource' | 'sentence' | 'successorOf' | 'unpack'>>} */
export async function loadThird() {
  return { askSeveral, indexOf, resolveSource, sentence, successorOf, unpack };
}
