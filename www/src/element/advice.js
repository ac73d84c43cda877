/** What to do where nothing was found. */

import { buttonNode, create } from './dom.js';
import { ENGLISH } from './texts.js';

// Said here alone, so that it comes with this.
Object.assign(ENGLISH, {
  advice: 'Check the spelling, or try fewer or more general words.',
  widen: 'Search without filters',
});

/**
 * What to leave out so that something is found.
 * @param {string} query
 * @param {import('./conditions.js').Filters} chosen what it was narrowed to
 * @param {import('./texts.js').Language} language
 * @param {Pick<import('./panel.js').Acts, 'take' | 'widen'>} acts
 */
export function adviceNodes(query, chosen, language, { take, widen }) {
  const plain = withoutOperators(query);
  const link = { class: 'link', dir: 'auto' };
  const instead = buttonNode({ part: 'instead', ...link }, () => take(plain), plain);
  return [
    plain !== '' && plain !== query.trim() && create('p', {}, language.around('instead', instead)),
    Object.keys(chosen).length > 0 &&
      create('p', {}, buttonNode({ part: 'widen', ...link }, widen, language.say('widen'))),
    create('p', {}, language.say('advice')),
  ];
}

/**
 * The words of a query alone: what is excluded is left out, what was demanded may be missing.
 * @param {string} query
 */
function withoutOperators(query) {
  return query
    .replace(/(^|\s)-\S+/g, '')
    .replace(/"|(?<=^|\s)(\+|\w+:)/g, '')
    .trim();
}
