/** Loads `samara.search.js` by a script element, since the page may have loaded the first one from another origin. */

import { fault } from '../api/errors.js';
import { build, early, files, home } from '../api/place/classic.js';
import { trustedScript } from '../api/policy.js';
import { ROOT } from '../api/root.js';
import { adopt, buttonNode, create, faultNodes, listensUntil, tell } from '../element/dom.js';
import { FIRST, ownTexts, tongueOf } from '../element/names.js';
import { isSingleKey, SINGLE_KEY, singleKeysWanted } from '../element/shortcuts.js';

/** What the second script takes over from this one, rather than to bring it along once more. */
export const given = {
  early,
  files,
  scriptLoader,
  trustedScript,
  adopt,
  buttonNode,
  create,
  faultNodes,
  listensUntil,
  tell,
  ownTexts,
  FIRST,
  tongueOf,
  isSingleKey,
  SINGLE_KEY,
  singleKeysWanted,
};

/** @type {() => Promise<typeof import('./second.js')>} */
const second = scriptLoader(files.search, given);
/** @param {unknown} [source] that will be opened; what this script's own begins with is fetched beside the second script */
export function loadSecond(source) {
  if (!(source || files.module in early)) {
    // From the root, this script knows what to fetch beside the engine, which is the most.
    begin(files.module, ROOT ? 'low' : 'auto');
    if (ROOT) begin(home && new URL(ROOT, home).href, 'high', 'no-cache');
  }
  return second();
}

/**
 * @param {string} address
 * @param {RequestPriority} priority
 * @param {RequestCache} [cache]
 */
function begin(address, priority, cache) {
  const control = new AbortController();
  const arriving = fetch(address, { cache, priority, signal: control.signal });
  // Whoever takes it over begins anew then, and tells what is wrong.
  arriving.catch(() => {});
  early[address] = { control, arriving };
}

/**
 * @param {string} address of another script of this build
 * @param {object} given what it takes over
 * @returns {() => Promise<any>} loads it once and gives what it has to offer; a failed attempt is made anew at the next call
 */
function scriptLoader(address, given) {
  /** @type {Promise<any> | undefined} */
  let loading;
  return () => {
    loading ??= load(address, given).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/**
 * @param {string} address
 * @param {object} given
 */
async function load(address, given) {
  const script = /** @type {HTMLScriptElement & { samara?: any }} */ (document.createElement('script'));
  script.src = trustedScript(address);
  script.fetchPriority = 'high';
  script.nonce = files.nonce;
  script.crossOrigin = files.crossOrigin;
  // The script puts what it has to offer in the place of what it has to know.
  script.samara = given;
  await new Promise((resolve) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', resolve);
    document.head.append(script);
  });
  script.remove();
  if (script.samara.build === build) return script.samara;
  // A cache may hold the first script of an earlier build: the host's own takes its place for the next visit.
  fetch(files.home, { cache: 'reload' }).catch(() => {});
  throw fault(
    script.samara.build ? 'build-mismatch' : 'missing-file',
    `${address} is missing or of another build. Deploy all files of the bundle.`,
  );
}
