/** Samara in Starlight: `plugins: [samara()]`. It takes the place of Pagefind, whose marks in the pages it understands. */

import samara from './index.js';

/**
 * @param {Parameters<typeof samara>[0]} [options]
 * @returns {any} a plugin of Starlight
 */
export default function starlightSamara(options) {
  return {
    name: 'starlight-samara',
    hooks: {
      'config:setup'({ config, updateConfig, addIntegration }) {
        updateConfig({ pagefind: false, components: { ...config.components, Search: 'astro-samara/Search.astro' } });
        addIntegration(samara(options));
      },
    },
  };
}
