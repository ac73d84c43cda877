import type { Answer, Hit, Info } from './api/search.js';
import type { SamaraSearch } from './element/element.js';

declare global {
  interface HTMLElementTagNameMap {
    'samara-search': SamaraSearch;
  }
  interface HTMLElementEventMap {
    'samara-ready': CustomEvent<Info>;
    'samara-search': CustomEvent<{ query: string; answer: Answer }>;
    'samara-select': CustomEvent<{ hit: Hit; query: string }>;
    'samara-error': CustomEvent<Error & { code?: string }>;
  }
}
