/** The demo page, as it is served, under the strictest policy, and as a single file opened from a disk. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { browserNames, launch, screenshotPath } from './browser.mjs';
import { SITE, click, search, stateOf, until } from './searching.mjs';
import { STRICT_POLICY, serve } from './server.mjs';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

for (const name of browserNames) {
  describe(`the page in ${name}`, () => {
    /** @type {import('./browser.mjs').Browser} */
    let browser;
    before(async () => {
      browser = await launch(name);
    });
    after(() => browser.close());

    for (const policy of [undefined, STRICT_POLICY]) {
      describe(policy ? 'under the strictest policy' : 'as any host serves it', () => {
        /** @type {import('./server.mjs').Server} */
        let server;
        /** @type {import('./browser.mjs').Page} */
        let page;
        before(async () => {
          server = await serve(SITE, { policy });
          page = await browser.open();
          await page.goto(server.address);
        });
        after(async () => {
          await page.close();
          await server.close();
        });

        test('typing_finds_and_marks', async () => {
          const state = await search(page, 'newsom');
          assert.match(state.options[0].text, /Newsom/);
          assert.ok(state.options[0].marks.some((mark) => /newsom/i.test(mark)), JSON.stringify(state.options[0]));
          assert.match(state.count, /^\d+ results?/);
          assert.match(state.status ?? '', /^\d+ results?/);
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
          assert.match(state.status ?? '', /No results/);
        });

        test('an_example_is_searched_on_click', async () => {
          await click(page, '', '.examples button');
          const text = await page.eval(() => document.querySelector('.examples button')?.textContent);
          await until(page, (state) => state.value === text && state.options.length > 0);
        });

        test('a_click_follows_the_link', async () => {
          await search(page, 'newsom');
          const { options } = await stateOf(page);
          server.options.pages = { [new URL(options[0].href).pathname]: '<!DOCTYPE html><title>a document</title>' };
          await click(page, '[role=option]');
          const end = Date.now() + 5000;
          while ((await page.address()) !== options[0].href && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
          assert.equal(await page.address(), options[0].href);
          await page.goto(server.address);
        });

        test('nothing_is_asked_for_but_script_and_module', async () => {
          await search(page, 'newsom');
          const other = (await page.asked()).filter((address) => !address.startsWith(server.address) && !/^(data|blob|about|chrome):/.test(address));
          assert.deepEqual(other, []);
          const fresh = await browser.open();
          server.requests.length = 0;
          await fresh.goto(server.address);
          const own = server.requests.length;
          await search(fresh, 'newsom');
          const added = server.requests.slice(own);
          assert.ok(added.length <= 2, `${added}`);
          assert.ok(added.every((path) => ['/samara.js', '/samara.wasm'].includes(path)), `${added}`);
          await fresh.close();
        });

        test('the_console_is_clean', async () => {
          await new Promise((resolve) => setTimeout(resolve, 300));
          assert.deepEqual(await page.problems(), []);
          assert.deepEqual(server.violations, []);
        });
      });
    }

    test('the_sources_run_as_they_are', async () => {
      const server = await serve(SOURCES, { policy: STRICT_POLICY });
      const page = await browser.open();
      await page.goto(`${server.address}demo/`);
      assert.ok((await search(page, 'newsom')).options.length > 0);
      assert.deepEqual(await page.problems(), []);
      await page.close();
      await server.close();
    });

    test('a_single_file_searches_from_a_disk', async () => {
      const page = await browser.open();
      await page.goto(pathToFileURL(join(SITE, 'samara.html')).href);
      const state = await search(page, 'newsom');
      assert.match(state.options[0].text, /Newsom/);
      assert.deepEqual(await page.problems(), []);
      assert.deepEqual((await page.asked()).filter((address) => !/^(file|blob|data):/.test(address)), []);
      await page.close();
    });

    test('it_looks_right', async () => {
      const server = await serve(SITE);
      const page = await browser.open();
      /** @type {[string, import('./browser.mjs').Look, string][]} */
      const looks = [
        ['light', {}, 'nine hours'],
        ['dark', { dark: true }, 'beijing'],
        ['phone', { phone: true }, 'wang yi'],
        ['phone-dark', { phone: true, dark: true }, 'blinkn'],
        ['forced-colors', { forcedColors: true }, 'beijing'],
        ['empty', {}, 'zzqxjv'],
      ];
      for (const [look, settings, query] of looks) {
        if (!browser.canLook && (settings.dark || settings.forcedColors)) continue;
        await page.look(settings);
        await page.goto(server.address);
        await search(page, query);
        await page.press('ArrowDown');
        const overflow = await page.eval(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${look}: the page is ${overflow}px wider than the window`);
        const path = await screenshotPath(`${name}-${look}`);
        if (path) await page.screenshot(path);
      }
      await page.close();
      await server.close();
    });
  });
}
