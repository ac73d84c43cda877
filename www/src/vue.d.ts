// For Vue: import "samara-search/vue" once, so that templates know the element.
import type { SamaraSearchAttributes } from './jsx.js';

declare module 'vue' {
  interface GlobalComponents {
    'samara-search': new () => { $props: SamaraSearchAttributes };
  }
}
