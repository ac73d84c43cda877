/**
 * Samara in Eleventy: `config.addPlugin(samara)`, and `{% samara %}` where the search is to stand.
 */

import { buildSite } from 'samara-search/site';

/**
 * @param {any} config of Eleventy
 * @param {{ bundle?: string, arguments?: string[], attributes?: string }} [options] `attributes` of the element: `mode="modal"`
 */
export default function samara(config, { bundle = 'samara', attributes = '', arguments: more } = {}) {
  config.addShortcode('samara', (/** @type {string | undefined} */ own) => {
    const address = config.getFilter('url')(`/${bundle}/samara.js`);
    return `<script src="${address}" defer></script><samara-search ${own ?? attributes}></samara-search>`;
  });
  config.on('eleventy.after', (/** @type {any} */ { directories, outputMode }) => {
    // Nothing was written where Eleventy was asked for JSON.
    if (!outputMode || outputMode === 'fs') buildSite(directories.output, { bundle, arguments: more });
  });
}
