/**
 * Samara in VitePress: `vite: { plugins: [samara()] }`. It takes the place of the search in the navigation bar.
 */

import { fileURLToPath } from 'node:url';
import { buildSite } from 'samara-search/site';

/**
 * @param {{ bundle?: string, arguments?: string[] }} [options]
 * @returns {import('vite').Plugin}
 */
export default function samara({ bundle = 'samara', arguments: more } = {}) {
  const search = fileURLToPath(new URL('search.js', import.meta.url));
  return {
    name: 'samara',
    config: () => ({
      resolve: { alias: [{ find: /^.*\/VPNavBarSearch\.vue$/, replacement: search }] },
      define: { __SAMARA_BUNDLE__: JSON.stringify(bundle) },
      // It imports what the site's own theme does.
      ssr: { noExternal: ['vitepress-samara'] },
      optimizeDeps: { exclude: ['vitepress-samara'] },
    }),
    configResolved(config) {
      const site = /** @type {any} */ (config).vitepress;
      if (!site || site.samara) return;
      site.samara = true;
      const before = site.buildEnd;
      site.buildEnd = async (/** @type {any} */ built) => {
        await before?.(built);
        buildSite(site.outDir, { bundle, arguments: more });
      };
    },
  };
}
