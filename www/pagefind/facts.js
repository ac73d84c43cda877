/**
 * What the build knows of a bundle and a search cannot ask for: which fields are filters, which are shown, which
 * languages there are, and how the site's root is reached. The `samara` command writes it into the script.
 */

/**
 * @typedef {object} Facts
 * @property {string} root way from the bundle to the site's root, as in `../`; empty where the bundle lies outside
 * @property {string[]} filters names of the fields that pages mark as filters
 * @property {string[]} meta names of the fields that pages mark as metadata
 * @property {Record<string, number>} languages how many pages there are in each
 */

const written = '__SAMARA_PAGEFIND__';

/** @type {Facts} */
export const facts = { root: '../', filters: [], meta: [], languages: {}, ...parsed() };

function parsed() {
  try {
    return JSON.parse(decodeURIComponent(written));
  } catch {
    // The script runs as it stands in its sources.
    return {};
  }
}
