/**
 * What `samara.js` does when a page loads it: registers the element and offers `samara.open`. Loaded by the searcher
 * as a worker, it only serves.
 */

import { open } from './api/search.js';
import { SamaraSearch } from './element/element.js';
import { inWorker } from './worker/worker.js';

if (!inWorker && typeof customElements !== 'undefined' && !customElements.get('samara-search')) {
  customElements.define('samara-search', SamaraSearch);
}
if (!inWorker) Object.assign(globalThis, { samara: { open, SamaraSearch } });
