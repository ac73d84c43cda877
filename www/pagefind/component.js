/**
 * Pagefind's components on Samara's own search box, for sites whose pages load `pagefind-component-ui.js` and do not have
 * Pagefind's interface installed: the element that is typed into, or that opens it, becomes `<samara-search>`, which brings
 * results, counts and filters along; the elements for those show nothing beside it.
 */

import { place } from './box.js';

/** What becomes of each element: how the box stands there, or nothing. @type {Record<string, string | undefined>} */
const ELEMENTS = {
  'pagefind-searchbox': 'inline',
  'pagefind-input': 'page',
  'pagefind-modal-trigger': 'modal',
  'pagefind-config': undefined,
  'pagefind-filter-dropdown': undefined,
  'pagefind-filter-pane': undefined,
  'pagefind-keyboard-hints': undefined,
  'pagefind-modal': undefined,
  'pagefind-results': undefined,
  'pagefind-summary': undefined,
};

/** Options that code gave for all boxes. @type {Record<string, unknown>} */
const configured = {};

for (const [name, mode] of Object.entries(ELEMENTS)) {
  if (customElements.get(name)) continue;
  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      if (mode === undefined) {
        this.hidden = true;
        return;
      }
      // Inside of a dialog of Pagefind's, which the trigger's takes the place of, a second box would be too much.
      if (this.firstElementChild?.localName === 'samara-search' || this.closest('pagefind-modal')) return;
      const config = document.querySelector('pagefind-config');
      const declared = { baseUrl: config?.getAttribute('base-url') ?? undefined, highlightParam: config?.getAttribute('highlight-param') ?? undefined };
      const placeholder = this.getAttribute('placeholder') ?? undefined;
      this.replaceChildren();
      place(this, { ...declared, ...configured, mode, translations: { placeholder }, autofocus: this.hasAttribute('autofocus') });
    }
  });
}

/**
 * @param {string} _name of an instance; there is one
 * @param {Record<string, unknown>} options
 */
export function configureInstance(_name, options) {
  Object.assign(configured, options);
}

Object.assign(window, { PagefindComponents: { configureInstance } });
