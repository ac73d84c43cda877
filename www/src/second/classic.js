/** What `samara.search.js` does: in a page it hands over what it has to offer, in the searcher's worker it serves. */

import { build } from '../api/place.js';
import { inWorker } from '../worker/worker.js';
import { borrowSearcher, open, Search, Session } from './second.js';

if (!inWorker) {
  Object.assign(document.currentScript ?? {}, { samara: { build, borrowSearcher, open, Search, Session } });
}
