import type { Answer, Hit, Info, SectionHit } from './api/search.js';
import type { SamaraSearch } from './element/element.js';

declare global {
  interface HTMLElementTagNameMap {
    'samara-search': SamaraSearch;
  }
  interface HTMLElementEventMap {
    'samara-ready': CustomEvent<Info>;
    'samara-search': CustomEvent<{ query: string; answer: Answer }>;
    'samara-settled': CustomEvent<{ query: string; total: number; ms: number; corrected?: Answer['corrected'] }>;
    'samara-select': CustomEvent<{ hit: Hit; query: string; url: string; section?: SectionHit; index: number }>;
    'samara-error': CustomEvent<Error & { code?: string }>;
  }
}
