/** Facets to narrow an answer, and its order. */

import { create } from './dom.js';

/** Values shown of one field. */
const SHOWN = 8;

/** @typedef {Record<string, string[]>} Filters */

/**
 * The facets of an answer as groups of buttons. Chosen values are shown even where the answer has none of them, and
 * beside them the others of their field, which may be added to them; of those the answer does not know the numbers.
 * @param {import('../api/search.js').Answer['facets']} facets
 * @param {{ fields: string[] | undefined, chosen: Filters, admitted: Filters, language: import('./texts.js').Language, toggle(field: string, value: string): void }} setting
 *   fields: which to show, all of them where undefined; admitted: what the page narrows every answer to
 * @returns {HTMLElement[]}
 */
export function facetNodes(facets = {}, { fields, chosen, admitted, language, toggle }) {
  const groups = [];
  for (const field of fields ?? Object.keys(facets)) {
    const values = facets[field] ?? [];
    const picked = chosen[field] ?? [];
    const missing = picked
      .filter((value) => !values.some((other) => other.value === value))
      .map((value) => ({ value, count: 0, total: 0 }));
    const possible = values.filter(
      ({ count, value }) => count > 0 || (picked.length && (admitted[field] ?? [value]).includes(value)),
    );
    const offered = [...missing, ...possible.filter(({ value }, at) => at < SHOWN || picked.includes(value))];
    if (offered.length < 2 && !picked.length) continue;
    const buttons = offered.map(({ value, count }) => {
      const button = create(
        'button',
        {
          type: 'button',
          part: 'facet',
          'data-key': `${field} ${value}`,
          'aria-pressed': String(picked.includes(value)),
        },
        create('span', { dir: 'auto' }, value),
        (count > 0 || picked.includes(value)) &&
          create('span', { class: 'number' }, new Intl.NumberFormat(language.tag).format(count)),
      );
      button.addEventListener('click', () => toggle(field, value));
      return button;
    });
    groups.push(
      create(
        'div',
        { role: 'group', part: 'facets', 'aria-label': language.say(`field-${field}`) || field },
        ...buttons,
      ),
    );
  }
  return groups;
}

/**
 * Chooses a value of a field, or leaves it.
 * @param {Filters} filters
 * @param {string} field
 * @param {string} value
 * @returns {Filters}
 */
export function toggled(filters, field, value) {
  const picked = filters[field] ?? [];
  const others = picked.filter((other) => other !== value);
  const rest = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== field));
  const now = others.length < picked.length ? others : [...picked, value];
  return now.length ? { ...rest, [field]: now } : rest;
}

/**
 * @param {string} sort that is in force
 * @param {import('./texts.js').Language} language
 * @param {(sort: string) => void} choose
 */
export function sortNode(sort, language, choose) {
  const orders = ['relevance', 'date:desc', 'date:asc'];
  const select = create('select', { part: 'sort', 'data-key': 'sort', 'aria-label': language.say('sort') });
  for (const order of orders)
    select.append(create('option', { value: order, selected: order === sort }, language.say(`sort-${order}`)));
  select.addEventListener('change', () => choose(select.value));
  return select;
}
