/**
 * A hit with its whole text, in the shape in which Pagefind gives the data of a result.
 */

import { best, markup, wordsOf } from './excerpt.js';

/** @typedef {import('./excerpt.js').Word} Word */
/** @typedef {{ element: string, id: string, text?: string, location: number }} Anchor */
/** @typedef {{ weight: number, balanced_score: number, location: number }} Location */

/**
 * What a word counts by where it stands, as Pagefind publishes it. Which level a heading has is not in the index.
 */
const WEIGHTS = { title: 7, heading: 6, text: 1 };

/** In so many steps Pagefind counts a weight of 1; the square of them is the score of a word that is matched as a whole. */
const STEPS = 24;

/** Words of a passage unless told. */
export const EXCERPT = 30;

/**
 * @typedef {object} Place what is known of a page's place
 * @property {(url: string) => string} address of a page, from the address that the index has
 * @property {(url: string) => string} raw the same without the site's base
 * @property {string[]} filters names of fields that are filters
 * @property {string[]} meta names of fields that are metadata
 * @property {import('./conditions.js').Tags} tags that all pages have
 * @property {number} length words of a passage
 */

/**
 * @param {import('../src/api/search.js').Hit} hit
 * @param {Place} place
 */
export function fragment(hit, place) {
  const words = wordsOf(hit.snippet ?? { text: '' }, () => WEIGHTS.text);
  /** @type {Anchor[]} */
  const anchors = [];
  /** Where each section's text begins behind its heading. @type {number[]} */
  const texts = [];
  for (const { title: heading, url, snippet } of hit.sections ?? []) {
    const location = words.length;
    // A section without a heading that can be linked to is the title's.
    const isTitle = !heading && url.includes('#') && !anchors.length;
    if (isTitle) words.push(...wordsOf({ text: hit.title, marks: hit.titleMarks }, () => WEIGHTS.title));
    words.push(...wordsOf(snippet ?? { text: heading }, (line) => (line === 0 && heading ? WEIGHTS.heading : WEIGHTS.text)));
    const hash = url.indexOf('#');
    if (hash < 0) continue;
    const text = isTitle ? hit.title : heading;
    anchors.push({ element: isTitle ? 'h1' : 'h2', id: encodeURI(decoded(url.slice(hash + 1))), text, location });
    texts.push(location + (text.match(/\S+/gu) ?? []).length);
  }
  const meta = Object.fromEntries(place.meta.filter((name) => hit.meta?.[name] !== undefined)
    .map((name) => [name, [hit.meta?.[name]].flat().join(', ')]));
  if (hit.title) meta.title ??= hit.title;
  const url = place.address(hit.url);
  const own = passage(words, 0, words.length, 0, place.length);
  const weighted_locations = locations(words, 0, words.length);
  return {
    url,
    raw_url: place.raw(hit.url),
    content: words.map((word) => word.text).join(' '),
    word_count: words.length,
    meta,
    filters: { ...Object.fromEntries(place.filters.filter((name) => hit.meta?.[name] !== undefined)
      .map((name) => [name, [hit.meta?.[name]].flat()])), ...(place.filters.includes('title') ? { title: [hit.title] } : {}), ...place.tags },
    anchors,
    weighted_locations,
    locations: weighted_locations.map(({ location }) => location),
    ...own,
    sub_results: subResults(),
  };

  /** The page itself, where words stand before its first anchor or nowhere at all, and the sections that have words. */
  function subResults() {
    const ends = [...anchors.map(({ location }) => location), words.length];
    const before = locations(words, 0, ends[0]);
    const sections = anchors.flatMap((anchor, number) => {
      const found = locations(words, anchor.location, ends[number + 1]);
      if (!found.length) return [];
      return [{
        title: anchor.text || meta.title || '',
        url: `${withoutHash(url)}#${anchor.id}`,
        anchor,
        weighted_locations: found,
        locations: found.map(({ location }) => location),
        ...passage(words, texts[number], ends[number + 1], anchor.location, place.length),
      }];
    });
    if (!before.length && sections.length) return sections;
    return [{
      title: meta.title ?? '',
      url,
      weighted_locations: before,
      locations: before.map(({ location }) => location),
      ...passage(words, 0, ends[0], 0, place.length),
    }, ...sections];
  }
}

/**
 * The passage that says most of some words. What stands before them, a heading, is shown beside it anyway, and is no
 * part of it unless only there something is marked.
 * @param {Word[]} words
 * @param {number} from
 * @param {number} to
 * @param {number} before where the heading begins
 * @param {number} length
 */
function passage(words, from, to, before, length) {
  const isMarked = words.slice(from, to).some(({ marks }) => marks.length);
  const isMarkedBefore = words.slice(before, from).some(({ marks }) => marks.length);
  const [start, end] = best(words, isMarked || (from < to && !isMarkedBefore) ? from : before, to, length);
  const shown = words.slice(start, end);
  return { excerpt: markup(shown), plain_excerpt: markup(shown, true) };
}

/**
 * @param {Word[]} words
 * @param {number} from
 * @param {number} to
 * @returns {Location[]} the marked words
 */
function locations(words, from, to) {
  const found = [];
  for (let location = from; location < to; location++) {
    const { marks, weight, text } = words[location];
    if (!marks.length) continue;
    // Of a compound, what was not asked for takes from its weight.
    const share = Math.min(1, marks.reduce((sum, [start, end]) => sum + end - start, 0) / Math.max(1, text.replace(/[^\p{L}\p{N}]/gu, '').length));
    found.push({ weight, balanced_score: (weight * STEPS) ** 2 * share, location });
  }
  return found;
}

/**
 * An anchor that may be written as an address has it, or as it is.
 * @param {string} anchor
 */
function decoded(anchor) {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}

/** @param {string} url */
function withoutHash(url) {
  return url.split('#')[0];
}
