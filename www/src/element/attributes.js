/** Attributes that are mirrored by properties, and properties that were set before the element was defined. */

/**
 * What `mirrorAttributes` adds to a class.
 * @typedef {object} Mirrored
 * @property {string} src address of a `samara.wasm`, or of the folder it lies in; the script's own unless told. Several, separated by spaces, are searched as one
 * @property {string} placeholder text of the empty box
 * @property {string} label name of the box for screen readers
 * @property {string} base address that results' relative links start from; the page's unless told
 * @property {string} theme `light` or `dark`; as the page unless told
 * @property {string} sort order of hits: `relevance`, or a field with `:asc` or `:desc`
 * @property {string} shortcuts keys that open the search, separated by spaces; `mod` is Ctrl or ⌘; `off`: none
 * @property {string} facets metadata fields offered to narrow by, separated by spaces; all but pictures unless told. `field:kind` shows one as
 *   `chips`, `checkboxes`, `select` or `range` (two dates)
 * @property {string} group metadata field whose values hits are grouped by; `from`: by the index, where there are several
 * @property {string} preload when to load the search beforehand: on `hover` or when the page is `idle`; at first focus unless told
 * @property {string} image metadata field that holds the address of a picture of a hit, which is shown
 * @property {string} param parameter of the address that is kept in step with the box
 * @property {string} highlight parameter by which the page of a hit learns which words to mark; empty: a text fragment only
 * @property {string} offline registers `samara-worker.js` of that folder; empty: of the bundle's
 * @property {number} limit hits shown at first, and added by "Show more"; 10 unless told, 100 at most
 * @property {number} suggestions titles, completions of the last word and words that follow it that are offered at most; 3 unless told
 * @property {number} recent searches that are remembered in this browser; none unless told
 * @property {boolean} history in modal mode, Back closes the dialog
 * @property {boolean} first the first hit is active at once, so that Enter opens it
 * @property {boolean} browse an empty box shows the latest documents, all of them where none has a date, and what they can be narrowed by
 * @property {boolean} timing the milliseconds that the engine took stand beside the number of results
 */

/** Attributes whose property is their text. */
const TEXTS = [
  'src',
  'placeholder',
  'label',
  'base',
  'theme',
  'sort',
  'shortcuts',
  'facets',
  'param',
  'highlight',
  'offline',
  'group',
  'preload',
  'image',
];

/** Attributes that are there or not. */
const SWITCHES = ['history', 'first', 'browse', 'timing'];

/** Attributes whose property is a number: the least that makes sense, and what holds without one. @type {Record<string, [number, number]>} */
const NUMBERS = { limit: [1, 10], suggestions: [0, 3], recent: [0, 0] };

/** The largest such number. */
const MOST = 100;

export const MIRRORED = [...TEXTS, ...SWITCHES, ...Object.keys(NUMBERS)];

/**
 * Gives a class a property for each of `MIRRORED`.
 * @param {typeof HTMLElement} element
 */
export function mirrorAttributes(element) {
  for (const name of MIRRORED) {
    Object.defineProperty(element.prototype, name, {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        if (SWITCHES.includes(name)) return this.hasAttribute(name);
        const text = this.getAttribute(name) ?? '';
        if (!NUMBERS[name]) return text;
        const [least, usual] = NUMBERS[name];
        const number = Number(text || NaN);
        return number >= least ? Math.min(Math.floor(number), MOST) : usual;
      },
      /** @this {HTMLElement} @param {string | number | boolean | null | undefined} value */
      set(value) {
        if (SWITCHES.includes(name)) this.toggleAttribute(name, Boolean(value));
        else if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, /** @type {string} */ (value));
      },
    });
  }
}

/**
 * A property set on an element before it was defined hides the accessor of its class; this sets it once more.
 * @param {any} element
 * @param {string[]} names
 */
export function adoptProperties(element, names) {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}

/**
 * @param {string | null} json field → admitted values, as in `{"source": ["Yonhap"]}`
 * @returns {Record<string, string[]>} empty where the text is none, or something else
 */
export function parseFilters(json) {
  /** @type {Record<string, string[]>} */
  const filters = {};
  try {
    for (const [field, values] of Object.entries(JSON.parse(json || '{}')))
      filters[field] = [values].flat().map(String);
  } catch {
    // A page's mistake must not take the search away from its readers.
  }
  return filters;
}
