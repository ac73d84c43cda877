/**
 * Samara in Hexo. It stands where the theme has its search (the helper `search_form`, as in landscape), and wherever a
 * template calls `samara()`.
 */

/* global hexo */

/** Loaded long before a site is finished. @type {typeof import('samara-search/site') | undefined} */
let site;
const loaded = require('./build').then((module) => void (site = module));

const { bundle = 'samara', attributes = 'mode="modal"', arguments: more } = hexo.config.samara ?? {};

/** Landscape hides its form behind a button; the search has one of its own. */
const LANDSCAPE = `<style>
#header .nav-search-btn { display: none }
#search-form-wrap { position: static; float: right; width: auto; opacity: 1; padding: 10px 0 }
#search-form-wrap samara-search { --samara-accent: #258fb8; --samara-font: "Helvetica Neue", Helvetica, Arial, sans-serif }
</style>`;

const element = () => `<samara-search ${attributes}></samara-search>`;

hexo.extend.helper.register('samara', element);
hexo.extend.helper.register('search_form', element);
hexo.extend.injector.register('head_end', () => {
  const script = `<script src="${hexo.config.root}${bundle}/samara.js" defer></script>`;
  return hexo.config.theme === 'landscape' ? LANDSCAPE + script : script;
});

let isBuilt = false;

/** Builds the search of the finished site, once. */
function build() {
  if (!isBuilt) site.buildSite(hexo.public_dir, { bundle, arguments: more });
  isBuilt = true;
}

// Where it is deployed, it is built before, and else when all files are written.
hexo.on('deployBefore', build);
hexo.extend.filter.register('before_exit', () => ['generate', 'g'].includes(hexo.env.cmd) && loaded.then(build));
