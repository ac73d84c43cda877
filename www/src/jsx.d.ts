// For JSX: add "samara-search/jsx" to `types` of the TypeScript configuration, or import it once.
import type { SamaraSearch } from './element/element.js';

/** The attributes of `<samara-search>`, each as text or as its value. */
export type SamaraSearchAttributes = {
  [Name in keyof import('./element/attributes.js').Mirrored]?:
    | import('./element/attributes.js').Mirrored[Name]
    | string;
} & { mode?: 'inline' | 'page' | 'modal'; filters?: string; lang?: string; class?: string; id?: string; slot?: string };

type Props = SamaraSearchAttributes & {
  className?: string;
  children?: unknown;
  ref?: ((element: SamaraSearch | null) => void) | { current: SamaraSearch | null };
  key?: string | number | null;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'samara-search': Props;
    }
  }
}
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'samara-search': Props;
    }
  }
}
declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'samara-search': Props;
    }
  }
}
