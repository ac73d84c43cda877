/** Registers `<samara-search>`, once, however often it is loaded. */

import { SamaraSearch } from './widget/element.js';

if (!customElements.get('samara-search')) customElements.define('samara-search', SamaraSearch);

export { SamaraSearch };
export { open, Search } from './api.js';
