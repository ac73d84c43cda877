/** What an answer is narrowed to, and by which fields it may be. */

/** @typedef {{ from?: string, to?: string }} Span */
/** @typedef {Record<string, string[] | Span>} Filters */
/** @typedef {'chips' | 'checkboxes' | 'select' | 'range'} Kind */
/** @typedef {{ field: string, kind: Kind }} Field */

/** @type {Kind[]} */
const KINDS = ['chips', 'checkboxes', 'select', 'range'];

/**
 * @param {string | null} text of the attribute, as in `source tag:select date:range`
 * @returns {Field[] | undefined} nothing where there is no attribute
 */
export function fieldsOf(text) {
  return text
    ?.split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => {
      const kind = KINDS.find((kind) => name.endsWith(`:${kind}`));
      return { field: kind ? name.slice(0, -kind.length - 1) : name, kind: kind ?? 'chips' };
    });
}

/**
 * What was chosen, as the interface takes it.
 * @param {Filters} filters
 * @returns {import('../api/search.js').Condition}
 */
export function conditionsOf(filters) {
  return Object.fromEntries(
    Object.entries(filters).map(([field, value]) => [
      field,
      Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).filter(([, date]) => date)),
    ]),
  );
}

/**
 * Chooses a value of a field, or leaves it.
 * @param {Filters} filters
 * @param {string} field
 * @param {string} value
 * @returns {Filters}
 */
export function toggled(filters, field, value) {
  const picked = pickedOf(filters, field);
  const others = picked.filter((other) => other !== value);
  const { [field]: _, ...rest } = filters;
  const now = others.length < picked.length ? others : [...picked, value];
  return now.length ? { ...rest, [field]: now } : rest;
}

/**
 * @param {Filters} filters
 * @param {string} field
 */
export function pickedOf(filters, field) {
  const picked = filters[field];
  return Array.isArray(picked) ? picked : [];
}
