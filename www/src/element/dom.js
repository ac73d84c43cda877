/** Builds nodes. Text reaches the page as text nodes only; there is no way here to parse markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] a part is also a class; true: present without value; false or nothing: left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function create(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (attributes.part) node.className = String(attributes.part);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  for (const child of children) if (child || child === '') node.append(child);
  return node;
}

/** A magnifying glass, for `icon`. */
export const LENS = 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5';

/**
 * A drawing of strokes on a field of 24 by 24 units, hidden from screen readers.
 * @param {string} strokes path data
 */
export function icon(strokes) {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', strokes);
  drawing.append(path);
  return drawing;
}

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
