/** Loads `samara.search.js` by a script element, since the page may have loaded the first one from another origin. */

import { fault } from '../api/errors.js';
import { build, files } from '../api/place/classic.js';
import { trustedScript } from '../api/policy.js';

/** @typedef {typeof import('./second.js') & { build: string }} Second */

/** @type {Promise<Second> | undefined} */
let loading;

/** @returns {Promise<Second>} the same for all; a failed attempt is made anew at the next call */
export function loadSecond() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Second>} */
async function load() {
  const script = /** @type {HTMLScriptElement & { samara?: any }} */ (document.createElement('script'));
  script.src = trustedScript(files.search);
  script.nonce = files.nonce;
  script.crossOrigin = files.crossOrigin;
  // The script puts what it has to offer in the place of what it has to know.
  script.samara = { files, trustedScript };
  await new Promise((resolve) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', resolve);
    document.head.append(script);
  });
  script.remove();
  if (script.samara.build === build) return script.samara;
  // A cache may hold the first script of an earlier build: the host's own takes its place for the next visit.
  fetch(files.home, { cache: 'reload' }).catch(() => {});
  if (script.samara.build) {
    throw fault('build-mismatch', 'samara.js and samara.search.js are of different builds. Reload the page.');
  }
  throw fault(
    'missing-file',
    `${files.search} could not be loaded. Deploy all files of the bundle, and reload the page.`,
  );
}
