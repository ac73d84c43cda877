/**
 * Where Samara's files lie, for `samara.js`: beside it. It hands this on to `samara.search.js`, the script that follows
 * at the first intent to search, which thus need not know what the others are called.
 */

export const build = '__SAMARA_BUILD__';

// Known only while the script runs for the first time.
const element =
  typeof document === 'undefined' ? null : /** @type {HTMLScriptElement | null} */ (document.currentScript);
export const home = element?.src ?? '';
// The `samara` command writes here how the site's root is reached from this script, as in `../`.
const root = '__SAMARA_SITE__';
export const site = home && root.startsWith('.') ? new URL(root, home).href : '';

/** @param {string} name */
const beside = (name) => home && new URL(name, home).href;

/** What the second script has to know; `nonce` and `crossOrigin` are those of this one. */
export const files = {
  home,
  site,
  search: beside('samara.search.js'),
  extras: beside('samara.extras.js'),
  module: beside('samara.wasm'),
  languages: beside('samara.languages.json'),
  nonce: element?.nonce ?? '',
  crossOrigin: element?.crossOrigin ?? null,
};

/** Transfers that go on beside that of the second script, by address. @type {Record<string, import('../early.js').Early>} */
export const early = {};
