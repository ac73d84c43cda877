/** What `samara.extras.js` does: it hands over what it has to offer. */

import { build } from '../api/place.js';
import * as third from './third.js';

Object.assign(/** @type {Element} */ (document.currentScript), { samara: { build, ...third } });
