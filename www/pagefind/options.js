/**
 * Pagefind's options of ranking, as Samara's.
 *
 * Both rank by BM25. Pagefind's defaults stand for Samara's, which measurements chose, and what a site sets beside them
 * moves Samara's by as much.
 */

/**
 * @typedef {object} RankingWeights
 * @property {number} [termSimilarity]
 * @property {number} [pageLength]
 * @property {number} [termSaturation]
 * @property {number} [termFrequency]
 * @property {number} [diacriticSimilarity]
 * @property {Record<string, number>} [metaWeights]
 */

/** Pagefind's defaults. */
const DEFAULTS = { termSimilarity: 1, pageLength: 0.75, termSaturation: 1.4, termFrequency: 1, diacriticSimilarity: 0.8 };
/** What it counts a word of a title. */
const TITLE = 5;
/** Samara's own. */
const OWN = { saturation: 1.6, length: 0.4, title: 3 };
/** A field that adds nothing to the ranking is searched all the same; with 0 it would not be. */
const NOTHING = 1e-4;

/**
 * @param {RankingWeights} [weights]
 * @param {boolean} [exactDiacritics]
 * @returns {Pick<import('../src/api/search.js').QueryOptions, 'ranking' | 'fields' | 'correct'>}
 */
export function ranking(weights = {}, exactDiacritics = false) {
  const given = (/** @type {keyof typeof DEFAULTS} */ name) => Math.max(0, Number(weights[name] ?? DEFAULTS[name]) || 0);
  const { title = TITLE, ...others } = weights.metaWeights ?? {};
  // The engine counts all fields but the title alike, so the one that a site lifts most decides.
  const meta = Object.values(others).map(Number).filter((weight) => weight >= 0);
  return {
    // A correction may differ in accents alone.
    correct: !exactDiacritics,
    fields: {
      title: Math.max(NOTHING, OWN.title * (Number(title) / TITLE) || 0),
      meta: Math.max(NOTHING, meta.length ? Math.max(...meta) : 1),
    },
    ranking: {
      saturation: OWN.saturation * (given('termSaturation') / DEFAULTS.termSaturation),
      length: between(given('pageLength'), DEFAULTS.pageLength, OWN.length),
      counts: 1 - Math.min(1, given('termFrequency')),
      accents: exactDiacritics ? 0 : 1 / (1 + given('diacriticSimilarity')),
      beginnings: given('termSimilarity'),
    },
  };
}

/**
 * From 0 to 1, so that the one default stands for the other.
 * @param {number} value
 * @param {number} theirs
 * @param {number} own
 */
function between(value, theirs, own) {
  if (value >= 1) return 1;
  return value <= theirs ? own * (value / theirs) : own + (1 - own) * (value - theirs) / (1 - theirs);
}
