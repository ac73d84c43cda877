/** Elements that search the same index share one searcher, and so one worker and one copy of the index. */

import { createSearcher } from '../api/search.js';

/** Milliseconds that an unused searcher lives on, for elements that are moved or rendered anew. */
const GRACE = 3000;

/** @type {Map<string, { searcher: import('../api/searcher.js').Searcher, users: number, timer?: ReturnType<typeof setTimeout> }>} */
const searchers = new Map();

/**
 * @param {string} src address of the index; empty: the script's own
 * @returns {{ searcher: import('../api/searcher.js').Searcher, release(): void }}
 */
export function borrowSearcher(src) {
  const entry = searchers.get(src) ?? { searcher: createSearcher(src), users: 0 };
  searchers.set(src, entry);
  entry.users++;
  clearTimeout(entry.timer);
  let held = true;
  return {
    searcher: entry.searcher,
    release() {
      if (!held) return;
      held = false;
      if (--entry.users > 0) return;
      entry.timer = setTimeout(() => {
        searchers.delete(src);
        entry.searcher.close();
      }, GRACE);
    },
  };
}
