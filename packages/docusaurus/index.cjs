/** Samara in Docusaurus: `themes: ['docusaurus-samara']`. The navigation bar finds its `SearchBar` by itself. */

const { join } = require('node:path');

/**
 * @param {any} context
 * @param {{ bundle?: string, arguments?: string[] }} [options]
 */
module.exports = function samara(context, { bundle = 'samara', arguments: more } = {}) {
  return {
    name: 'docusaurus-samara',
    getThemePath: () => join(__dirname, 'theme'),
    contentLoaded: ({ actions }) => actions.setGlobalData({ bundle }),
    injectHtmlTags: () => ({
      headTags: [{ tagName: 'script', attributes: { src: `${context.baseUrl}${bundle}/samara.js`, defer: true } }],
    }),
    async postBuild({ outDir }) {
      const { buildSite } = await import('samara-search/site');
      // Once for each language, each in its own folder.
      buildSite(outDir, { bundle, arguments: more });
    },
  };
};
