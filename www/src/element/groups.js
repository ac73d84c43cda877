/** Hits under the values of a field. */

import { create } from './dom.js';
import { nameOf } from './narrowing.js';

/**
 * @param {import('../api/search.js').Hit[]} hits
 * @param {HTMLElement[]} nodes of the hits
 * @param {string} field that they are grouped by; `from`: by the index that they are from
 * @param {import('./texts.js').Language} language
 * @param {HTMLElement} [list] whose groups go on
 * @returns {HTMLElement[]} what is to be added to the list: groups that are new
 */
export function groupedNodes(hits, nodes, field, language, list) {
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  for (const group of /** @type {Iterable<HTMLElement>} */ (list?.querySelectorAll('[data-group]') ?? [])) {
    groups.set(group.dataset.group ?? '', group);
  }
  /** @type {HTMLElement[]} */
  const added = [];
  hits.forEach(({ meta, from = '–' }, at) => {
    const values = field === 'from' ? [from] : [meta?.[field] ?? '–'].flat();
    const value = values.join(', ');
    let group = groups.get(value);
    if (!group) {
      group = groupNode(value, values.map((one) => nameOf(field, one, language)).join(', '));
      groups.set(value, group);
      added.push(group);
    }
    group.append(...(nodes[at].role === 'group' ? nodes[at].childNodes : [nodes[at]]));
  });
  return added;
}

/**
 * @param {string} value
 * @param {string} name as people read it
 */
function groupNode(value, name) {
  return create(
    'div',
    { role: 'group', class: 'group-of-hits', 'data-group': value, 'aria-label': name },
    create('div', { part: 'group-title', 'aria-hidden': 'true', dir: 'auto' }, name),
  );
}
