/** Registers `<samara-search>`, once, however often it is loaded. */

import { SamaraSearch } from './element/element.js';

// Servers that render pages have no registry.
if (globalThis.customElements && !customElements.get('samara-search'))
  customElements.define('samara-search', SamaraSearch);

export { open, Search } from './api/search.js';
export { SamaraSearch };
