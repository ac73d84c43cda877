/** axe-core finds nothing wrong in any state, and what it leaves to people has an answer here. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { browserNames, launch, screenshotPath } from './browser.mjs';
import { SITE, until } from './searching.mjs';
import { serve } from './server.mjs';

/** What axe leaves for review, and why it is right as it is. */
const REVIEWED = {
  // Marks and text lie on plain colours; axe cannot see through overlapping positioned boxes of a popup or dialog.
  'color-contrast': 'checked by hand in the screenshots: all roles have 4.5:1 or more in light and dark',
};

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param {string} element */
const html = (element) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>test</title><link rel="stylesheet" href="/page.css"><script src="/samara.js" defer></script><script src="/axe.js" defer></script></head>
<body><main><h1>Page</h1>${element}<p>Some text of the page.</p></main></body></html>`;

for (const name of browserNames) {
  describe(`accessibility in ${name}`, () => {
    /** @type {import('./browser.mjs').Browser} */
    let browser;
    /** @type {import('./server.mjs').Server} */
    let server;
    /** @type {import('./browser.mjs').Page} */
    let page;
    before(async () => {
      browser = await launch(name);
      server = await serve(SITE, { pages: { '/axe.js': axe, '/page.css': 'body { background: light-dark(#fff, #101514); color: light-dark(#222, #eee); }' } });
      page = await browser.open();
    });
    after(async () => {
      await page.close();
      await server.close();
      await browser.close();
    });

    test('everything_that_can_be_pressed_is_large_enough', async () => {
      server.options.fault = 'ok';
      server.options.pages = { ...server.options.pages, '/page': html('<samara-search mode="page" limit="2"></samara-search>') };
      await page.look({ phone: true });
      await page.goto(`${server.address}page?q=blinkn`);
      await until(page, ({ notice }) => notice !== '');
      const small = await page.eval(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
        return [...root.querySelectorAll('button, select, a, input, [role=option]')].filter((node) => node.checkVisibility())
          .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
          .filter(([, box]) => /** @type {DOMRect} */ (box).height < 24 || /** @type {DOMRect} */ (box).width < 24);
      });
      assert.deepEqual(small, []);
    });

    test('it_stands_four_times_as_large_in_a_window_of_ordinary_width', async () => {
      server.options.pages = { ...server.options.pages, '/page': html('<samara-search mode="page"></samara-search>') };
      await page.look({ width: 320, height: 256 });
      await page.goto(`${server.address}page?q=blinkn`);
      await until(page, ({ notice }) => notice !== '');
      assert.ok(await page.eval(() => document.documentElement.scrollWidth <= innerWidth));
      const path = await screenshotPath(`${name}-zoomed`);
      if (path) await page.screenshot(path);
    });

    /** @type {[string, string, (page: import('./browser.mjs').Page) => Promise<unknown>][]} */
    const states = [
      ['closed', '', async () => {}],
      ['results', 'beijing', (page) => until(page, ({ options }) => options.length > 1)],
      ['active option', 'beijing', async (page) => {
        await until(page, ({ options }) => options.length > 1);
        await page.press('ArrowDown');
      }],
      ['corrected', 'blinkn', (page) => until(page, ({ notice }) => notice !== '')],
      ['empty', 'zzqxjv', (page) => until(page, ({ message }) => message !== '')],
      ['error', 'beijing', (page) => until(page, ({ message }) => message !== '')],
      ['loading', 'beijing', (page) => until(page, ({ status }) => status === 'Searching…')],
    ];
    for (const mode of ['inline', 'page', 'modal']) {
      for (const dark of [false, true]) {
        for (const [state, query, reached] of states) {
          // Only Chromium can be told to be dark.
          if (dark && (name !== 'chromium' || ['closed', 'active option', 'loading'].includes(state))) continue;
          test(`${state}_${mode}${dark ? '_dark' : ''}`.replaceAll(' ', '_'), async () => {
            server.options.fault = state === 'error' ? 'missing' : state === 'loading' ? 'stall' : 'ok';
            server.options.pages = { ...server.options.pages, '/page': html(`<samara-search mode="${mode}"></samara-search>`) };
            await page.look({ dark });
            await page.goto(`${server.address}page`);
            if (query) {
              await page.eval((query) => {
                const element = /** @type {any} */ (document.querySelector('samara-search'));
                element.open();
                element.value = query;
              }, query);
            }
            await reached(page);
            const found = await page.eval(async () => {
              const { violations, incomplete } = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations', 'incomplete'] });
              const told = (/** @type {any[]} */ rules) => rules.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 150)} (${nodes.length})`);
              return { violations: told(violations), incomplete: told(incomplete) };
            });
            server.drop();
            assert.deepEqual(found.violations, []);
            assert.deepEqual(found.incomplete.filter((told) => !(told.split(':')[0] in REVIEWED)), []);
          });
        }
      }
    }
  });
}
