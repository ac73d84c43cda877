// For Svelte: import "samara-search/svelte" once, so that templates know the element.
import type { SamaraSearchAttributes } from './jsx.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'samara-search': SamaraSearchAttributes &
      Record<`on:${string}` | `on${string}`, ((event: CustomEvent) => void) | undefined>;
  }
}
