/**
 * Addresses of documents come from the corpus, which nobody vouches for: only plain links get through.
 */

/**
 * @param {string} url of a document or section
 * @param {string} base address that relative ones start from
 * @returns {string | undefined} an absolute address that is safe to follow, or nothing
 */
export function safeLink(url, base) {
  if (typeof url !== 'string' || !URL.canParse(url, base)) return undefined;
  const address = new URL(url, base);
  const home = new URL(base);
  if (!['http:', 'https:', home.protocol].includes(address.protocol) || address.protocol === 'javascript:')
    return undefined;
  // An address that leaves the site must say so: `//other.example` in a path is more often an attack than a link.
  if ((address.origin !== home.origin || address.host !== home.host) && !/^\s*https?:\/\//i.test(url)) return undefined;
  return address.href;
}

/** Words that are passed on to the page of a hit. */
const WORDS = 8;

/**
 * The address of a hit that also says which words were found. Browsers scroll to the first of them by a text fragment;
 * `samara-highlight.js` marks all of them by the parameter.
 * @param {string} address
 * @param {string[]} words as they stand in the document
 * @param {string | null} param name of the parameter; empty: text fragment only; null: neither
 * @returns {string}
 */
export function withHighlight(address, words, param) {
  if (param === null || !words.length) return address;
  const url = new URL(address);
  if (param) for (const word of words.slice(0, WORDS)) url.searchParams.append(param, word);
  // A dash and a comma are syntax in a text fragment.
  const fragment = encodeURIComponent(words[0]).replaceAll('-', '%2D');
  return `${url.href}${url.hash ? '' : '#'}:~:text=${fragment}`;
}
