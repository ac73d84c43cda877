/** The demo page, as it is served, under the strictest policy, and as a single file opened from a disk. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { screenshotPath } from './browser.mjs';
import { click, SITE, search, stateOf, until } from './searching.mjs';
import { STRICT_POLICY, serve } from './server.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

inEachBrowser('the page', (browser, name) => {
  for (const policy of [undefined, STRICT_POLICY]) {
    describe(policy ? 'under the strictest policy' : 'as any host serves it', () => {
      const { server, page } = withPage(browser, { options: { policy }, shared: true });
      before(() => page.goto(server.address));

      test('typing_finds_and_marks', async () => {
        const state = await search(page, 'newsom');
        assert.match(state.options[0].text, /Newsom/);
        assert.ok(
          state.options[0].marks.some((mark) => /newsom/i.test(mark)),
          JSON.stringify(state.options[0]),
        );
        assert.match(state.count, /^\d+ results?$/);
        await until(page, ({ status }) => /^\d+ results?/.test(status ?? ''));
      });

      test('arrows_move_the_active_option_and_focus_stays', async () => {
        const { options } = await search(page, 'beijing');
        assert.ok(options.length > 1, 'the corpus should have several documents about Beijing');
        assert.equal((await stateOf(page)).active, -1);
        await page.press('ArrowDown');
        assert.equal((await stateOf(page)).active, 0);
        await page.press('ArrowDown');
        assert.equal((await stateOf(page)).active, 1);
        await page.press('ArrowUp');
        await page.press('ArrowUp');
        const state = await stateOf(page);
        assert.equal(state.active, options.length - 1);
        assert.ok(state.focused);
      });

      test('escape_clears', async () => {
        await search(page, 'beijing');
        await page.press('Escape');
        const state = await stateOf(page);
        assert.equal(state.value, '');
        assert.deepEqual(state.options, []);
        assert.ok(!state.expanded);
      });

      test('a_misspelt_word_is_corrected_and_the_answer_says_so', async () => {
        const state = await search(page, 'blinkn');
        assert.match(state.notice, /Showing results for blinken/i);
        assert.ok(state.options.length > 0);
        await click(page, '[part=notice] button');
        const literal = await until(page, ({ notice }) => !notice);
        assert.ok(literal.focused);
      });

      test('nothing_found_is_said_outside_of_the_list', async () => {
        const state = await search(page, 'zzqxjv');
        assert.deepEqual(state.options, []);
        assert.match(state.message, /No results for .?zzqxjv/);
        await until(page, ({ status }) => /No results/.test(status ?? ''));
      });

      test('an_example_is_searched_on_click', async () => {
        await click(page, '', '.examples button');
        const text = await page.eval(() => document.querySelector('.examples button')?.textContent);
        await until(page, (state) => state.value === text && state.options.length > 0);
      });

      test('a_click_follows_the_link', async () => {
        await search(page, 'newsom');
        const { options } = await stateOf(page);
        await click(page, '[role=option]');
        // The address may be there before the text is.
        await eventually(
          async () =>
            (await page.address()) === options[0].href &&
            /Newsom/.test(await page.eval(() => document.body?.innerText).catch(() => '')),
        );
        await page.goto(server.address);
      });

      test('nothing_is_asked_for_but_scripts_and_module', async () => {
        await search(page, 'newsom');
        const other = (await page.asked()).filter(
          (address) => !address.startsWith(server.address) && !/^(data|blob|about|chrome):/.test(address),
        );
        assert.deepEqual(other, []);
        const fresh = await browser.open();
        server.requests.length = 0;
        await fresh.goto(server.address);
        const own = server.requests.length;
        await search(fresh, 'newsom');
        const added = server.requests.slice(own);
        assert.deepEqual([...new Set(added)].toSorted(), ['/samara.extras.js', '/samara.search.js', '/samara.wasm']);
        assert.ok(
          own > 0 && !server.requests.slice(0, own).some((path) => path !== '/samara.js' && path.startsWith('/samara')),
        );
        await fresh.close();
      });

      test('all_boxes_search_in_another_language', async () => {
        await choose(page, 'language', 'ar');
        for (const selector of ['samara-search.inline', 'samara-search[mode=modal]']) {
          assert.ok((await search(page, 'beijing', selector)).options.length > 1, selector);
        }
        await page.press('Escape');
        await page.press('Escape');
        await search(page, 'beijing');
        await click(page, '[part=facet]');
        await until(page, ({ options }) => options.length === 1);
      });

      test('the_console_is_clean', async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.deepEqual(await page.problems(), []);
        assert.deepEqual(server.violations, []);
      });
    });
  }

  describe('from its sources', () => {
    const { server, page } = withPage(browser, { folder: SOURCES, options: { policy: STRICT_POLICY }, silent: true });

    test('it_searches_as_they_are', async () => {
      await page.goto(`${server.address}demo/`);
      assert.ok((await search(page, 'newsom')).options.length > 0);
      assert.deepEqual(server.violations, []);
    });
  });

  describe('what the strictest policy forbids', () => {
    const { server, page } = withPage(browser, {
      options: {
        policy: STRICT_POLICY,
        pages: {
          '/page': html('<div></div>', { head: '<script src="/offences.js" defer></script>' }),
          '/offences.js': `const node = document.querySelector('div');
        const offences = {
          eval: () => Function('return 1')(), markup: () => { node.innerHTML = '<b>x</b>'; }, worker: () => new Worker('/other.js'),
          policy: () => trustedTypes.createPolicy('other', {}), style: () => { node.setAttribute('style', 'color: red'); if (!node.style.color) throw 0; },
        };
        var refused = Object.keys(offences).filter((name) => { try { offences[name](); } catch { return true; } });`,
        },
      },
    });

    test('is_refused_and_reported', async () => {
      await page.goto(`${server.address}page`);
      const [refused, trusting] = await page.eval(() => [
        /** @type {any} */ (window).refused,
        'trustedTypes' in window,
      ]);
      assert.ok(trusting || name !== 'chromium', 'Chromium knows trusted types');
      // Of engines without trusted types, the rest of the policy holds.
      assert.deepEqual(
        refused,
        trusting ? ['eval', 'markup', 'worker', 'policy', 'style'] : ['eval', 'policy', 'style'],
      );
      // Trusted types forbid text as a script before the rest of the policy is asked.
      const wanted = ['style-src', ...(trusting ? ['require-trusted-types-for', 'trusted-types'] : ['script-src'])];
      await eventually(
        () => wanted.every((directive) => JSON.stringify(server.violations).includes(`"${directive}`)),
        async () => `reports of ${wanted}: ${JSON.stringify(server.violations)}`,
      );
      assert.notDeepEqual(await page.problems(), []);
    });
  });

  test('a_single_file_searches_from_a_disk', async () => {
    const page = await browser.open();
    await page.goto(pathToFileURL(join(SITE, 'samara.html')).href);
    const state = await search(page, 'newsom');
    assert.match(state.options[0].text, /Newsom/);
    assert.deepEqual(await page.problems(), []);
    assert.deepEqual(
      (await page.asked()).filter((address) => !/^(file|blob|data):/.test(address)),
      [],
    );
    await page.close();
  });

  /** @type {[string, import('./browser.mjs').Look, string, (page: import('./browser.mjs').Page) => Promise<unknown>][]} */
  const looks = [
    ['light', {}, 'nine hours', async () => {}],
    ['dark', { dark: true }, 'beijing', async () => {}],
    ['phone', { phone: true }, 'wang yi', async () => {}],
    ['phone-dark', { phone: true, dark: true }, 'blinkn', async () => {}],
    ['forced-colors', { forcedColors: true }, 'beijing', async () => {}],
    ['empty', {}, '+zzqxjv blinken', async () => {}],
    ['suggestions', {}, 'san f', async () => {}],
    ['right-to-left', {}, 'beijing', (page) => choose(page, 'language', 'ar')],
    ['japanese', {}, 'jakarta', (page) => choose(page, 'language', 'ja')],
    ['own-colours', {}, 'xie feng', (page) => choose(page, 'theme', 'own')],
    ['inline', {}, 'beijing', (page) => showIn(page, 'samara-search.inline', 'beijing')],
    ['modal', {}, '', (page) => showIn(page, 'samara-search[mode=modal]', 'wang yi')],
    ['modal-dark', { dark: true }, '', (page) => showIn(page, 'samara-search[mode=modal]', 'wang yi')],
    ['modal-phone', { phone: true }, '', (page) => showIn(page, 'samara-search[mode=modal]', 'wang yi')],
  ];
  for (const [look, settings, query, change] of looks) {
    test(`it_fits_the_window_${look.replaceAll('-', '_')}`, async (context) => {
      if (!browser.canLook && (settings.dark || settings.forcedColors))
        return context.skip('the driver cannot set colours');
      const server = await serve(SITE);
      context.after(() => server.close());
      const page = await browser.open();
      context.after(() => page.close());
      await page.look(settings);
      await page.goto(server.address);
      if (query) {
        await search(page, query);
        await page.press('ArrowDown');
      }
      await change(page);
      const overflow = await page.eval(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow}px wider than the window`);
      await page.screenshot(await screenshotPath(`${name}-${look}`));
    });
  }
});

/**
 * Chooses a value of one of the demo page's lists, and waits for the answer that it brings.
 * @param {import('./browser.mjs').Page} page
 * @param {string} id
 * @param {string} value
 */
async function choose(page, id, value) {
  await page.eval(
    (id, value) => {
      const select = /** @type {HTMLSelectElement} */ (document.getElementById(id));
      select.value = value;
      select.dispatchEvent(new Event('change'));
    },
    id,
    value,
  );
  if (id === 'language')
    await eventually(() =>
      page.eval(
        (value) => document.querySelector('samara-search')?.shadowRoot?.querySelector('search')?.lang === value,
        value,
      ),
    );
  await until(page, ({ options }) => options.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/**
 * @param {import('./browser.mjs').Page} page
 * @param {string} selector of another element of the demo page
 * @param {string} query
 */
async function showIn(page, selector, query) {
  await page.eval(
    (selector, query) => {
      const element = /** @type {any} */ (document.querySelector(selector));
      element.open();
      element.value = query;
    },
    selector,
    query,
  );
  await until(page, ({ options }) => options.length > 0, selector);
}
