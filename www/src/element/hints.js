/** A row beneath the dialog that says which keys do what, and lets readers do without shortcuts of a single key. */

import { create } from './dom.js';
import { isSingleKey, singleKeysWanted, wantSingleKeys } from './shortcuts.js';

export class Hints {
  #row = create('div', { part: 'hints', hidden: true });

  /** @param {HTMLElement} search that the row ends */
  constructor(search) {
    search.append(this.#row);
  }

  /**
   * @param {import('./texts.js').Language} words
   * @param {string[]} [shortcuts] of the dialog; nothing where there is none
   */
  describe(words, shortcuts) {
    this.#row.hidden = !shortcuts;
    const hint = (/** @type {string} */ keys, /** @type {string} */ what) =>
      create('span', { class: 'keys-hint' }, create('kbd', { 'aria-hidden': 'true' }, keys), ` ${words.say(what)}`);
    const single = shortcuts?.find(isSingleKey);
    this.#row.replaceChildren(
      hint('↑↓', 'key-move'),
      hint('↵', 'key-open'),
      hint('Esc', 'key-close'),
      ...(single ? [this.#choice(single, words)] : []),
    );
  }

  /**
   * @param {string} key
   * @param {import('./texts.js').Language} words
   */
  #choice(key, words) {
    const box = create('input', { type: 'checkbox', checked: singleKeysWanted() });
    box.addEventListener('change', () => wantSingleKeys(box.checked));
    return create('label', { part: 'single-key' }, box, ' ', create('kbd', {}, key), ` ${words.say('key-search')}`);
  }
}
