/** Nodes of results: words that are marked, and what takes the place of nodes that have the focus. */

import { create } from './dom.js';

/**
 * Text with its marked ranges in `<mark>`, those with nothing but space between them in one. Ranges that do not fit the
 * text are left out.
 * @param {string} text
 * @param {[number, number][]} [marks] ascending pairs of offsets in UTF-16 units
 * @returns {DocumentFragment}
 */
export function marked(text, marks = []) {
  const nodes = document.createDocumentFragment();
  let at = 0;
  let mark;
  for (const [start, end] of marks) {
    if (!(start >= at && end > start && end <= text.length)) continue;
    const between = text.slice(at, start);
    if (mark && !between.trim()) {
      mark.append(text.slice(at, end));
    } else {
      mark = create('mark', { part: 'mark' }, text.slice(start, end));
      nodes.append(between, mark);
    }
    at = end;
  }
  nodes.append(text.slice(at));
  return nodes;
}

/**
 * Replaces the children of a node; the focus stays on the child that has the same `data-key` as the one that had it.
 * @param {HTMLElement} parent
 * @param {(Node | string)[]} children
 */
export function replaceKeepingFocus(parent, children) {
  const root = /** @type {Document | ShadowRoot} */ (parent.getRootNode());
  const focused = /** @type {HTMLElement | null} */ (root.activeElement);
  const key = focused && parent.contains(focused) ? focused.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (!key) return;
  const heirs = /** @type {HTMLElement[]} */ ([...parent.querySelectorAll('[data-key]')]);
  heirs.find((heir) => heir.dataset.key === key)?.focus();
}
