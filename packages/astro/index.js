/** Samara in Astro: `integrations: [samara()]`, and the component `astro-samara/Search.astro` where the search is to stand. */

import { fileURLToPath } from 'node:url';
import { buildSite } from 'samara-search/site';

/**
 * @param {{ bundle?: string, arguments?: string[] }} [options]
 * @returns {import('astro').AstroIntegration}
 */
export default function samara({ bundle = 'samara', arguments: more } = {}) {
  return {
    name: 'astro-samara',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => updateConfig({ vite: { define: { __SAMARA_BUNDLE__: JSON.stringify(bundle) } } }),
      'astro:build:done': ({ dir }) => buildSite(fileURLToPath(dir), { bundle, arguments: more }),
    },
  };
}
