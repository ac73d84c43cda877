/** Hits in the language of the page come before others that answer about as well. */

/** By how much a hit in the page's language counts more: about as much as translations of one page differ. */
const PREFERENCE = 1.25;

/**
 * @param {import('../api/search.js').Hit[]} hits by relevance; put into the order that the page prefers
 * @param {string} tag language of the page
 */
export function prefer(hits, tag) {
  const own = base(tag);
  const worth = (/** @type {import('../api/search.js').Hit} */ { score, meta }) =>
    [meta?.lang ?? []].flat().some((language) => base(language) === own) ? score * PREFERENCE : score;
  // Pages that the site's owner pinned come first whatever they score, and stay there.
  const pinned = hits.findLastIndex(({ score }, at) => score < hits[at + 1]?.score) + 1;
  const free = hits.splice(pinned);
  hits.push(...free.sort((one, other) => worth(other) - worth(one)));
}

/** @param {string} tag */
function base(tag) {
  return tag.toLowerCase().split('-')[0];
}
