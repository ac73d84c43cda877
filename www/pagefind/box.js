/**
 * Samara's search box in the place of one of Pagefind's.
 */

/** Where the bundle lies: beside the script that runs for the first time, which as a module is not told which one it is. */
const named = /** @type {HTMLScriptElement | null} */ (document.currentScript ?? document.querySelector('script[src*="pagefind-ui.js"], script[src*="pagefind-component-ui.js"]'));
const own = named?.src || document.baseURI;

/** Loads the element once, whoever asks for it. */
function load() {
  const src = new URL('samara.js', own).href;
  if (customElements.get('samara-search') || document.querySelector(`script[src="${CSS.escape(src)}"]`)) return;
  const script = document.createElement('script');
  script.src = src;
  document.head.append(script);
}

/** Options of Pagefind's boxes by the attribute that says the same. @type {Record<string, string>} */
const ATTRIBUTES = { baseUrl: 'base', pageSize: 'limit', maxResults: 'limit', highlightParam: 'highlight', sort: 'sort' };
/** What is said in another way, or holds anyway. */
const TAKEN = ['bundlePath', 'element', 'translations', 'autofocus', 'showSubResults', 'showEmptyFilters', 'resetStyles', 'debounceTimeoutMs', 'excerptLength', 'mode'];

/**
 * @param {Element} target that the box goes into
 * @param {Record<string, any>} options
 */
export function place(target, options) {
  load();
  const element = document.createElement('samara-search');
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const attribute = ATTRIBUTES[name];
    if (attribute && typeof value !== 'object') element.setAttribute(attribute, String(value));
    else if (!TAKEN.includes(name)) console.warn(`Samara's search box has no option ${name}; npm install @pagefind/default-ui or @pagefind/component-ui before the build keeps Pagefind's own.`);
  }
  const { placeholder } = options.translations ?? {};
  if (placeholder) element.setAttribute('placeholder', placeholder);
  if (options.mode) element.setAttribute('mode', options.mode);
  if (options.autofocus) customElements.whenDefined('samara-search').then(() => element.focus());
  target.append(element);
  return {
    element,
    /** @param {string} term */
    search(term) {
      customElements.whenDefined('samara-search').then(() => Object.assign(element, { value: term }));
    },
  };
}
