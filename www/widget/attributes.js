/** Attributes that are mirrored by properties, and properties that were set before the element was defined. */

/** Attributes whose property is their text. */
export const TEXTS = ['src', 'placeholder', 'label', 'base', 'theme', 'sort', 'shortcuts', 'facets', 'param', 'highlight'];

/**
 * Gives a class a property for each of `TEXTS`.
 * @param {typeof HTMLElement} element
 */
export function mirrorTexts(element) {
  for (const name of TEXTS) {
    Object.defineProperty(element.prototype, name, {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        return this.getAttribute(name) ?? '';
      },
      /** @this {HTMLElement} @param {string | null | undefined} text */
      set(text) {
        if (text == null) this.removeAttribute(name);
        else this.setAttribute(name, text);
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
    for (const [field, values] of Object.entries(JSON.parse(json || '{}'))) filters[field] = [values].flat().map(String);
  } catch {
    // A page's mistake must not take the search away from its readers.
  }
  return filters;
}
