/** The order of an answer's hits. */

import { create } from './dom.js';
import { ENGLISH } from './texts.js';

// Said here alone, so that it comes with this.
Object.assign(ENGLISH, {
  sort: 'Order',
  'sort-relevance': 'Best match',
  'sort-date:desc': 'Newest first',
  'sort-date:asc': 'Oldest first',
});

/**
 * @param {string} sort that is in force
 * @param {import('./texts.js').Language} language
 * @param {(sort: string) => void} choose
 */
export function sortNode(sort, language, choose) {
  const orders = ['relevance', 'date:desc', 'date:asc'];
  const select = create('select', { part: 'sort', 'data-key': 'sort', 'aria-label': language.say('sort') });
  for (const order of orders) {
    select.append(create('option', { value: order, selected: order === sort }, language.say(`sort-${order}`)));
  }
  select.addEventListener('change', () => choose(select.value));
  return select;
}
