/** Loads `samara.extras.js` in the way in which this script, the second one, was loaded. */

import { files, scriptLoader } from '../api/place/second.js';
import { buttonNode, create } from '../element/dom.js';
import { safeLink } from '../element/link.js';
import { marked } from '../element/marked.js';
import { isSingleKey, SINGLE_KEY, singleKeysWanted } from '../element/shortcuts.js';
import { ENGLISH, formatDate } from '../element/texts.js';

/** What the third script takes over from this one, rather than to bring it along once more. */
export const given = {
  buttonNode,
  create,
  safeLink,
  marked,
  isSingleKey,
  SINGLE_KEY,
  singleKeysWanted,
  ENGLISH,
  formatDate,
};

/** @type {() => Promise<typeof import('./third.js')>} */
export const loadThird = scriptLoader?.(files?.extras ?? '', given) ?? (() => Promise.reject());
