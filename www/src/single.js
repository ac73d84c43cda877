/** The one script of a page that carries everything, which is also the worker's. */

import './classic.js';
import './worker/worker.js';
