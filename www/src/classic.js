/**
 * What `samara.js` does when a page loads it: registers the element and offers `samara.open`. In a worker, as which the
 * searcher loads the script of a page that carries everything, it does neither.
 */

import { SamaraSearch } from './element/element.js';
import { loadSecond } from './second/load.js';

if (typeof document !== 'undefined') {
  if (!customElements.get('samara-search')) customElements.define('samara-search', SamaraSearch);
  Object.assign(globalThis, { samara: { open, SamaraSearch } });
}

/** @param {Parameters<typeof import('./api/search.js').open>} given */
async function open(...given) {
  const second = await loadSecond(given[0]);
  return second.open(...given);
}
