/** A row beneath the dialog that says which keys do what, and lets readers do without shortcuts of a single key. */

import { create } from './dom.js';
import { isSingleKey, SINGLE_KEY, singleKeysWanted } from './shortcuts.js';
import { ENGLISH } from './texts.js';

// Said here alone, so that it comes with this.
Object.assign(ENGLISH, {
  'key-move': 'move',
  'key-open': 'open',
  'key-close': 'close',
  'key-search': 'opens the search',
});

/**
 * Writes the row, or takes it away where there is no dialog.
 * @param {import('./element.js').SamaraSearch} host
 * @param {HTMLElement} search that the row ends
 * @param {import('./texts.js').Language} words
 */
export function hintKeys(host, search, words) {
  search.querySelector('.hints')?.remove();
  if (host.mode !== 'modal') return;
  const hint = (/** @type {string} */ keys, /** @type {string} */ what) =>
    create('span', { class: 'keys-hint' }, create('kbd', { 'aria-hidden': 'true' }, keys), ` ${words.say(what)}`);
  const single = host.keyList().find(isSingleKey);
  search.append(
    create(
      'div',
      { part: 'hints' },
      hint('↑↓', 'key-move'),
      hint('↵', 'key-open'),
      hint('Esc', 'key-close'),
      single && choiceNode(single, words),
    ),
  );
}

/**
 * @param {string} key
 * @param {import('./texts.js').Language} words
 */
function choiceNode(key, words) {
  const box = create('input', { type: 'checkbox', checked: singleKeysWanted() });
  box.addEventListener('change', () => wantSingleKeys(box.checked));
  return create('label', { part: 'single-key' }, box, ' ', create('kbd', {}, key), ` ${words.say('key-search')}`);
}

/** @param {boolean} wanted */
function wantSingleKeys(wanted) {
  try {
    if (wanted) localStorage.removeItem(SINGLE_KEY);
    else localStorage.setItem(SINGLE_KEY, 'off');
  } catch {
    // The page may not store anything.
  }
}
