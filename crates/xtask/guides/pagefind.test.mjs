/**
 * Pagefind's own user interfaces, unmodified, on bundles that `samara build --pagefind` wrote: from npm's packages, in the
 * site that the guide of Starlight comes to, and the counterparts that stand in for them. `cargo xtask test --guides` builds
 * the sites and calls this; where its folder lies, `SAMARA_SERVED` says.
 */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from '../../../www/tests/browser.mjs';
import { serve } from '../../../www/tests/server.mjs';

const ROOT = process.env.SAMARA_SERVED ?? '';
const SUB_PATH = process.env.SAMARA_SUB_PATH ?? '';
if (!ROOT) throw new Error('SAMARA_SERVED is not set; call this by `cargo xtask test --guides`');

/** @param {string} head @param {string} body */
const document = (head, body) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Search</title>${head}</head><body>${body}</body></html>`;

/** Sites whose packages are installed, in either layout. */
const INSTALLED = ['installed', 'blocks'];

/** Pages of a site whose packages of user interfaces are installed. @type {Record<string, { html: string, input: string, results: string }>} */
const INTERFACES = {
  default: {
    html: document('<link rel="stylesheet" href="pagefind/pagefind-ui.css"><script src="pagefind/pagefind-ui.js"></script>',
      '<div id="search"></div><script>new PagefindUI({ element: "#search", showSubResults: true });</script>'),
    input: '.pagefind-ui__search-input',
    results: '.pagefind-ui__result-link',
  },
  modular: {
    html: document('<link rel="stylesheet" href="pagefind/pagefind-modular-ui.css"><script src="pagefind/pagefind-modular-ui.js"></script>',
      `<div id="input"></div><div id="results"></div><script>
        const instance = new PagefindModularUI.Instance({ bundlePath: new URL('pagefind/', location.href).pathname });
        instance.add(new PagefindModularUI.Input({ containerElement: '#input' }));
        instance.add(new PagefindModularUI.ResultList({ containerElement: '#results' }));
      </script>`),
    input: '#input input',
    results: '#results a',
  },
  component: {
    html: document('<link rel="stylesheet" href="pagefind/pagefind-component-ui.css"><script src="pagefind/pagefind-component-ui.js" type="module"></script>',
      `<script>document.write('<pagefind-config bundle-path="' + new URL('pagefind/', location.href).pathname + '"></pagefind-config>')</script>
      <pagefind-input></pagefind-input><pagefind-summary></pagefind-summary><pagefind-results></pagefind-results>`),
    input: 'pagefind-input input',
    results: 'pagefind-results a',
  },
};

/** The same pages where no package is installed: the box is Samara's. @type {Record<string, string>} */
const COUNTERPARTS = {
  default: document('<link rel="stylesheet" href="pagefind/pagefind-ui.css"><script src="pagefind/pagefind-ui.js"></script>',
    '<div id="search"></div><script>new PagefindUI({ element: "#search", pageSize: 3 });</script>'),
  component: document('<link rel="stylesheet" href="pagefind/pagefind-component-ui.css"><script src="pagefind/pagefind-component-ui.js" type="module"></script>',
    '<pagefind-searchbox placeholder="Look for"></pagefind-searchbox><pagefind-results></pagefind-results>'),
};

/**
 * @template R
 * @param {() => Promise<R>} look
 * @returns {Promise<R>} the first that is something
 */
async function seen(look) {
  for (let left = 100; ; left--) {
    const found = await look();
    if (found || !left) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("Pagefind's own interfaces", () => {
  /** @type {import('../../../www/tests/browser.mjs').Browser} */
  let browser;
  /** @type {import('../../../www/tests/server.mjs').Server} */
  let server;
  before(async () => {
    for (const site of INSTALLED) {
      for (const [name, { html }] of Object.entries(INTERFACES)) writeFileSync(join(ROOT, SUB_PATH, site, `${name}.html`), html);
    }
    for (const [name, html] of Object.entries(COUNTERPARTS)) {
      mkdirSync(join(ROOT, SUB_PATH, 'counterparts'), { recursive: true });
      writeFileSync(join(ROOT, SUB_PATH, 'counterparts', `${name}.html`), html);
    }
    browser = await launch('chromium');
    server = await serve(ROOT);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const site of INSTALLED) for (const [name, { input, results }] of Object.entries(INTERFACES)) {
    test(`the_${name}_interface_finds_pages_and_marks_words, ${site}`, async () => {
      const page = await browser.open();
      await page.goto(`${server.address}${SUB_PATH}/${site}/${name}.html`);
      await seen(() => page.eval((selector) => document.querySelector(selector) !== null, input));
      await page.eval((selector) => /** @type {HTMLInputElement} */ (document.querySelector(selector)).focus(), input);
      await page.type('sourdough');
      const found = await seen(() => page.eval((selector) => {
        const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(selector)]);
        return document.querySelector('mark') && links.length ? links.map((link) => link.pathname) : undefined;
      }, results));
      assert.match(found?.[0] ?? '', new RegExp(`/${SUB_PATH}/${site}/bread(/|[.]html)$`));
      assert.equal(await page.eval(() => document.querySelector('mark')?.textContent?.toLowerCase()), 'sourdough');
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });
  }

  for (const name of Object.keys(COUNTERPARTS)) {
    test(`samara_stands_in_for_the_${name}_interface`, async () => {
      const page = await browser.open();
      await page.goto(`${server.address}${SUB_PATH}/counterparts/${name}.html`);
      await seen(() => page.eval(() => customElements.get('samara-search') && document.querySelector('samara-search') !== null));
      await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('samara-search')).focus());
      await page.type('sourdough');
      const found = await seen(() => page.eval(() => {
        const root = document.querySelector('samara-search')?.shadowRoot;
        return /** @type {HTMLAnchorElement | null | undefined} */ (root?.querySelector('a[href*="bread"]'))?.pathname;
      }));
      assert.match(found ?? '', new RegExp(`/${SUB_PATH}/counterparts/bread(/|/index[.]html|[.]html)$`));
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });
  }

  test('starlight_searches_as_it_was_built', async () => {
    const page = await browser.open();
    await page.look({ width: 1200, height: 720 });
    await page.goto(`${server.address}${SUB_PATH}/starlight/tea/`);
    await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('button[data-open-modal]')).click());
    await seen(() => page.eval(() => document.querySelector('.pagefind-ui__search-input') !== null));
    await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('.pagefind-ui__search-input')).focus());
    await page.type('sourdough');
    const found = await seen(() => page.eval(() => /** @type {HTMLAnchorElement | null} */ (document.querySelector('.pagefind-ui__result-link'))?.pathname));
    assert.equal(found, `/${SUB_PATH}/starlight/bread/`);
    assert.ok((await page.asked()).some((address) => address.endsWith('.wasm') && address.includes('samara')), 'Samara answered');
    await page.close();
  });
});
