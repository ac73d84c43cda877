/** The element's fixed nodes. What they show is up to `panel.js`, when they are shown up to `element.js`. */

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
  });
  const clear = create('button', { type: 'button', part: 'clear', hidden: true }, icon(CROSS));
  const close = create('button', { type: 'button', part: 'close', hidden: true });
  const field = create('div', { part: 'field' }, icon(LENS), input, clear);
  const head = create('div', { class: 'head' }, field, close);
  const notice = create('div', { part: 'notice', hidden: true });
  const count = create('span', { part: 'count' });
  const tools = create('div', { class: 'tools' });
  const bar = create('div', { part: 'bar', hidden: true }, count, tools);
  const words = create('div', { role: 'group', part: 'suggestions', hidden: true });
  const narrow = create('div', { class: 'narrow', hidden: true });
  const list = create('div', { role: 'listbox', id: `${prefix}-list`, part: 'list', hidden: true });
  const message = create('div', { part: 'message', hidden: true });
  const more = create('button', { type: 'button', part: 'more', hidden: true });
  const panel = create(
    'div',
    { part: 'panel', hidden: true },
    words,
    notice,
    bar,
    narrow,
    list,
    message,
    more,
    create('slot', { name: 'footer' }),
  );
  const status = create('div', { role: 'status', class: 'status' });
  // A plain form that was not taken over yet stands here, in place of the box.
  const old = create('slot', { hidden: true });
  const search = create('search', { class: 'search' }, old, head, create('slot', { name: 'hint' }), panel, status);
  return {
    search,
    input,
    clear,
    close,
    head,
    old,
    panel,
    words,
    notice,
    count,
    tools,
    bar,
    narrow,
    list,
    message,
    more,
    status,
  };
}
