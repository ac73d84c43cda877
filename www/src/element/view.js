/** The nodes of the box, which are there before anybody searches. What the panel shows is up to `panel.js`. */

import { create, icon, LENS } from './dom.js';

const CROSS = 'M6 6 18 18M18 6 6 18';

/** @typedef {ReturnType<typeof createView>} View */

/** @param {string} prefix of the ids; unique in the document, since pages may flatten roots when they print or save */
export function createView(prefix) {
  const input = create('input', {
    type: 'search',
    id: `${prefix}-input`,
    part: 'input',
    autocomplete: 'off',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    maxlength: 500,
    dir: 'auto',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
  });
  const clear = create('button', { type: 'button', part: 'clear', hidden: true }, icon(CROSS));
  const close = create('button', { type: 'button', part: 'close', hidden: true });
  const field = create('div', { part: 'field' }, icon(LENS), input, clear);
  const head = create('div', { class: 'head' }, field, close);
  const panel = create('div', { part: 'panel', hidden: true });
  const status = create('div', { role: 'status', class: 'status' });
  // A plain form that was not taken over yet stands here, in place of the box.
  const old = create('slot', { hidden: true });
  const hint = create('slot', { name: 'hint' });
  const search = create('search', { class: 'search' }, old, head, hint, panel, status);
  return { search, field, input, clear, close, head, old, panel, status };
}
