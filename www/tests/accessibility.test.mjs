/** axe-core finds nothing wrong in any state, and what it leaves to people has an answer here. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { audit, axeScript } from './axe.mjs';
import { screenshotPath } from './browser.mjs';
import { until } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';

/** @typedef {import('./browser.mjs').Page} Page */

/**
 * What axe leaves to people: the rule, which nodes, and why they are right as they are.
 * @type {[string, RegExp, string][]}
 */
const REVIEWED = [
  [
    'color-contrast',
    /^<p>Some text of the page\.<\/p>$/,
    'the contrast of text that the list of inline mode lies over: that of the page, once the list is gone',
  ],
];

/**
 * @param {string} element
 * @param {'light' | 'dark'} [scheme]
 */
const page = (element, scheme) =>
  html(`<main><h1>Page</h1>${element}<p>Some text of the page.</p></main>`, {
    scheme,
    head: '<link rel="stylesheet" href="/page.css"><script src="/samara.js" defer></script><script src="/axe.js" defer></script>',
  });

const STYLES = 'body { background: light-dark(#fff, #101514); color: light-dark(#222, #eee); }';

/** Hits are shown; before them it may have been recent searches. @param {Page} page */
const hits = (page) => until(page, ({ options }) => Boolean(options[0]?.href));

/** What the box shows, the query that leads there, and how to tell that it did. @type {[string, string, (page: Page) => Promise<unknown>][]} */
const STATES = [
  ['closed', '', async () => {}],
  ['results', 'beijing', hits],
  [
    'active_option',
    'beijing',
    async (page) => {
      await hits(page);
      await page.press('ArrowDown');
    },
  ],
  [
    'narrowed',
    'beijing',
    async (page) => {
      await hits(page);
      await page.eval(() =>
        /** @type {HTMLElement | null | undefined} */ (
          document.querySelector('samara-search')?.shadowRoot?.querySelector('[part=facet]')
        )?.click(),
      );
      await until(page, ({ options }) => options.length === 1);
    },
  ],
  ['suggestions', 'bei', (page) => until(page, ({ suggestions }) => suggestions.length > 0)],
  ['recent_searches', '', (page) => until(page, ({ options }) => options.length > 0 && !options[0].href)],
  ['corrected', 'blinkn', (page) => until(page, ({ notice }) => notice !== '')],
  ['empty', '+zzqxjv blinken', (page) => until(page, ({ message }) => message.includes('No results'))],
  ['error', 'beijing', (page) => until(page, ({ message }) => message.includes('not available'))],
  ['offline', 'beijing', (page) => until(page, ({ message }) => message.includes('offline'))],
  ['loading', 'beijing', (page) => until(page, ({ status }) => status === 'Searching…')],
];

/** How the server behaves in a state. @type {Record<string, import('./server.mjs').Fault>} */
const FAULTS = { error: 'missing', offline: 'gone', loading: 'stall' };

inEachBrowser('accessibility', (browser, name) => {
  const { server, page: tab } = withPage(browser, {
    shared: true,
    options: { pages: { '/axe.js': axeScript, '/page.css': STYLES } },
  });
  const left = new Set(REVIEWED);

  /**
   * @param {string} element
   * @param {string} [address]
   * @param {'light' | 'dark'} [scheme]
   */
  async function show(element, address = 'page', scheme) {
    server.options.pages = { ...server.options.pages, '/page': page(element, scheme) };
    await tab.goto(server.address + address);
  }

  test('everything_that_can_be_pressed_is_large_enough', async () => {
    await tab.look({ phone: true });
    await show('<samara-search mode="page" limit="2"></samara-search>', 'page?q=blinkn');
    await until(tab, ({ notice }) => notice !== '');
    const small = await tab.eval(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
      return [...root.querySelectorAll('button, select, a, input, [role=option]')]
        .filter((node) => node.checkVisibility())
        .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
        .filter(([, box]) => /** @type {DOMRect} */ (box).height < 24 || /** @type {DOMRect} */ (box).width < 24);
    });
    assert.deepEqual(small, []);
  });

  test('it_stands_four_times_as_large_in_a_window_of_ordinary_width', async () => {
    await tab.look({ width: 320, height: 256 });
    await show('<samara-search mode="page"></samara-search>', 'page?q=blinkn');
    await until(tab, ({ notice }) => notice !== '');
    assert.ok(await tab.eval(() => document.documentElement.scrollWidth <= innerWidth));
    await tab.screenshot(await screenshotPath(`${name}-zoomed`));
    await tab.look({});
  });

  for (const mode of ['inline', 'page', 'modal']) {
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      for (const [state, query, reached] of STATES) {
        test(`${state}_${mode}_${scheme}`, async () => {
          await show(`<samara-search mode="${mode}" recent="3"></samara-search>`, 'page', scheme);
          server.options.fault = FAULTS[state] ?? 'ok';
          await tab.eval(
            (state, query) => {
              localStorage.setItem('samara-recent', '["wang yi", "jakarta"]');
              // The drivers of two engines cannot take the network away; the server does, and this is what a device says then.
              if (state === 'offline') Object.defineProperty(navigator, 'onLine', { value: false });
              const element = /** @type {any} */ (document.querySelector('samara-search'));
              if (state !== 'closed') element.open();
              if (query) element.value = query;
            },
            state,
            query,
          );
          await reached(tab);
          const { violations, incomplete } = await audit(tab);
          server.drop();
          assert.deepEqual(violations, []);
          const open = incomplete.filter(([id, html]) => {
            const answers = REVIEWED.filter(([rule, nodes]) => rule === id && nodes.test(html));
            for (const answer of answers) left.delete(answer);
            return !answers.length;
          });
          assert.deepEqual(open, []);
        });
      }
    }
  }

  after(() => assert.deepEqual([...left], [], 'answers to what axe no longer asks'));
});
