/** What a page fetches for its first search, and in which order. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focus } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const OWN = html('<samara-search></samara-search>');
const ELSEWHERE = html('<samara-search src="/other/samara.wasm"></samara-search>');

inEachBrowser('loading', (browser) => {
  const { server, page } = withPage(browser, {
    options: { pages: { '/own': OWN, '/elsewhere': ELSEWHERE }, aliases: { '/other/samara.wasm': '/samara.wasm' } },
  });
  const count = (/** @type {string} */ path) => server.requests.filter((asked) => asked === path).length;

  /** @param {string} path of a page, whose box is searched first */
  async function searched(path) {
    await page.goto(`${server.address}${path}`);
    await focus(page);
    await page.type('beijing');
  }

  test('the_module_does_not_wait_for_the_script_that_searches', async () => {
    Object.assign(server.options, { fault: 'stall', faulty: '/samara.search.js' });
    await searched('own');
    await eventually(() => count('/samara.wasm'), 'the module is asked for');
    // Both are asked for at once, and either may come first.
    await eventually(() => count('/samara.search.js'), 'the script is asked for');
    assert.equal(count('/samara.search.js'), 1);
  });

  test('the_module_is_fetched_once', async () => {
    await searched('own');
    assert.ok(
      await page.eval(async () => (await (await /** @type {any} */ (window).samara.open()).query('beijing')).total),
    );
    assert.equal(count('/samara.wasm'), 1);
  });

  test('a_page_that_searches_another_index_does_not_fetch_its_own', async () => {
    await searched('elsewhere');
    await eventually(() => count('/other/samara.wasm'), 'the other module is asked for');
    assert.equal(count('/samara.wasm'), 0);
  });
});
