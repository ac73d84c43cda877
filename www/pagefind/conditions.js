/**
 * Filters as Pagefind writes them, as conditions of Samara.
 *
 * Without a word all conditions hold, those of a list as those of an object. `any`, `all`, `none` and `not` say otherwise, and
 * may stand anywhere: around fields, in a field's values, in one another.
 */

/** @typedef {import('../src/api/search.js').Condition} Condition */
/** @typedef {Record<string, string[]>} Tags */

/** Deeper ones would be cut off by the engine, which would then answer something else. */
const DEEPEST = 14;

/** A condition that always holds. @type {Condition} */
const ALWAYS = { all: [] };

/**
 * @param {unknown} filters
 * @param {Tags} [tags] values that every page of the index has, though the index does not know
 * @returns {Condition}
 */
export function condition(filters, tags = {}) {
  return all(filters, undefined, tags, DEEPEST);
}

/**
 * The conditions that lie in a value, joined: all of them hold.
 * @param {unknown} value
 * @param {string | undefined} field that values belong to
 * @param {Tags} tags
 * @param {number} deepest
 * @returns {Condition}
 */
function all(value, field, tags, deepest) {
  const parts = conditions(value, field, tags, deepest);
  return parts.length === 1 ? parts[0] : { all: parts };
}

/**
 * @param {unknown} value
 * @param {string | undefined} field
 * @param {Tags} tags
 * @param {number} deepest
 * @returns {Condition[]}
 */
function conditions(value, field, tags, deepest) {
  if (value === null || value === undefined) return [];
  if (deepest === 0) throw new Error('These filters lie too deep in one another; write them flatter.');
  if (Array.isArray(value)) return value.map((one) => all(one, field, tags, deepest - 1));
  if (typeof value !== 'object') return field === undefined ? [] : [is(field, String(value), tags)];
  return Object.entries(value).map(([name, of]) => {
    switch (name) {
      case 'all': return all(of, field, tags, deepest - 1);
      case 'any': return { any: conditions(of, field, tags, deepest - 1) };
      case 'none': return { none: conditions(of, field, tags, deepest - 1) };
      // Unlike `none` it lets a page pass that some of them hold for.
      case 'not': return { none: [{ all: conditions(of, field, tags, deepest - 1) }] };
      default: return all(of, name, tags, deepest - 1);
    }
  });
}

/**
 * @param {string} field
 * @param {string} value
 * @param {Tags} tags
 * @returns {Condition}
 */
function is(field, value, tags) {
  return tags[field]?.includes(value) ? ALWAYS : { [field]: [value] };
}

/**
 * The tags that an object gives to all pages of an index: `{ resource: 'Blog' }`.
 * @param {Record<string, unknown> | undefined} filters
 * @returns {Tags}
 */
export function tagsOf(filters) {
  return Object.fromEntries(Object.entries(filters ?? {}).map(([field, values]) => [field, [values].flat().map(String)]));
}
