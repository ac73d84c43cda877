/** What the page of a hit learns of the words that were found. */

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
