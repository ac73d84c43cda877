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
  if (attributes.part) node.className = /** @type {string} */ (attributes.part);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, /** @type {string} */ (value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

/**
 * A button that does something.
 * @param {Record<string, string | number | boolean | null | undefined>} attributes
 * @param {() => void} run
 * @param {...Child} children
 */
export function buttonNode(attributes, run, ...children) {
  const button = create('button', { type: 'button', ...attributes }, ...children);
  button.addEventListener('click', run);
  return button;
}

/**
 * What stands in the panel where there is no search.
 * @param {string} said
 * @param {string | false} reason in English; false where there is none to be told
 * @param {string} retry name of the button
 * @param {() => void} run tries again
 */
export function faultNodes(said, reason, retry, run) {
  return [
    create('p', {}, said),
    reason && create('p', { class: 'quiet', lang: 'en', dir: 'auto' }, reason),
    buttonNode({ part: 'retry' }, run, retry),
  ];
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

/** Style sheets by their texts. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/**
 * Adds styles to a root, once; roots share the sheet.
 * @param {ShadowRoot} root
 * @param {string} css
 */
export function adopt(root, css) {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

/**
 * @param {AbortSignal} signal ends all listening
 * @returns {(target: EventTarget, type: string, run: (event: any) => void) => void}
 */
export function listensUntil(signal) {
  return (target, type, run) => target.addEventListener(type, run, { signal });
}

/**
 * Tells the page of something, across shadow roots.
 * @param {EventTarget} host
 * @param {string} type
 * @param {unknown} detail
 * @returns {boolean} whether the page lets it happen
 */
export function tell(host, type, detail) {
  return host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
}
