/**
 * Samara for whatever Vite builds: the search of the finished pages, and its script in each of them.
 * `<samara-search></samara-search>` stands where the search is to be.
 */

import { resolve } from 'node:path';
import { buildSite } from 'samara-search/site';

/**
 * @param {{ bundle?: string, arguments?: string[] }} [options]
 * @returns {import('vite').Plugin}
 */
export default function samara({ bundle = 'samara', arguments: more } = {}) {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  return {
    name: 'samara',
    apply: 'build',
    enforce: 'post',
    configResolved: (resolved) => void (config = resolved),
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `${config.base}${bundle}/samara.js`, defer: true }, injectTo: 'head' }],
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        // What is rendered on a server has no pages yet.
        if (!config.build.ssr) buildSite(resolve(config.root, config.build.outDir), { bundle, arguments: more });
      },
    },
  };
}
