/** Turns hits into options of the listbox. */

import { create, marked } from './dom.js';
import { safeLink } from './link.js';
import { formatDate } from './texts.js';

/**
 * @typedef {object} Setting
 * @property {string} base address that relative links start from
 * @property {import('./texts.js').Language} language
 * @property {string} prefix of the ids, so that several lists never share one
 */

/**
 * @param {import('../api.js').Hit} hit
 * @param {number} index of the hit in its list
 * @param {Setting} setting
 * @returns {HTMLElement}
 */
export function hitNode(hit, index, { base, language, prefix }) {
  const id = `${prefix}-${index}`;
  const link = safeLink(hit.url, base);
  const origin = originOf(hit, language.tag);
  const option = create(
    'a',
    {
      role: 'option',
      id,
      part: 'hit',
      class: 'hit',
      tabindex: -1,
      href: link,
      'aria-selected': 'false',
      'aria-labelledby': `${id}-title`,
      'aria-describedby': `${id}-about`,
      'aria-disabled': link ? null : 'true',
    },
    create('span', { id: `${id}-title`, part: 'title', class: 'title', dir: 'auto' }, marked(hit.title || hit.url, hit.title ? hit.titleMarks : [])),
    create(
      'span',
      { id: `${id}-about`, class: 'about' },
      origin.length > 0 && create('span', { part: 'origin', class: 'origin' }, ...origin),
      hit.snippet?.text && create('span', { part: 'snippet', class: 'snippet', dir: 'auto' }, marked(hit.snippet.text, hit.snippet.marks)),
    ),
  );
  return option;
}

/**
 * Where a document comes from and when.
 * @param {import('../api.js').Hit} hit
 * @param {string} tag language
 * @returns {Node[]}
 */
function originOf({ meta = {} }, tag) {
  const source = [meta.source ?? []].flat().join(', ');
  const date = [meta.date ?? []].flat()[0] ?? '';
  const nodes = [];
  if (source) nodes.push(create('span', { class: 'source', dir: 'auto' }, source));
  if (date) nodes.push(create('time', { datetime: date }, formatDate(date, tag)));
  return nodes;
}
