/** Registers `<samara-search>`, once, however often it is loaded. */

import { SamaraSearch } from './widget/element.js';

// Servers that render pages have no registry.
if (globalThis.customElements && !customElements.get('samara-search')) customElements.define('samara-search', SamaraSearch);

export { SamaraSearch };
export { open, Search } from './api.js';
