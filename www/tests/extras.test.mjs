/** The optional scripts of a bundle: the service worker, and marks on the page of a hit. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { browserNames, launch } from './browser.mjs';
import { SITE, search, until } from './searching.mjs';
import { STRICT_POLICY, serve } from './server.mjs';

for (const name of browserNames) {
  describe(`optional scripts in ${name}`, () => {
    /** @type {import('./browser.mjs').Browser} */
    let browser;
    /** @type {import('./browser.mjs').Page} */
    let page;
    /** @type {string} */
    let folder;
    before(async () => {
      browser = await launch(name);
    });
    after(() => browser.close());
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'samara-site-'));
      await cp(SITE, folder, { recursive: true });
      const index = join(folder, 'index.html');
      await writeFile(index, (await readFile(index, 'utf8')).replace('<samara-search ', '<samara-search offline '));
      page = await browser.open();
    });
    afterEach(async () => {
      await page.close();
      await rm(folder, { recursive: true, force: true });
    });

    const controlled = () => page.eval(async () => {
      await navigator.serviceWorker.ready;
      return (await caches.keys()).map((name) => name.replace(/^.* /, ''));
    });

    test('page_and_search_work_with_the_network_gone', async () => {
      const server = await serve(folder, { policy: STRICT_POLICY });
      await page.goto(server.address);
      await controlled();
      await server.close();
      await page.goto(server.address);
      const state = await search(page, 'newsom');
      assert.match(state.options[0].text, /Newsom/);
      assert.deepEqual(server.violations, []);
    });

    test('two_versions_are_never_mixed', async () => {
      const server = await serve(folder);
      await page.goto(server.address);
      const [first] = await controlled();
      // A new bundle half of which has not arrived: the old one goes on, whole.
      const worker = join(folder, 'samara-worker.js');
      const text = await readFile(worker, 'utf8');
      await rm(join(folder, 'samara.wasm'));
      await writeFile(join(folder, 'samara.js'), 'throw new Error("half a bundle")');
      await writeFile(worker, text.replace(first, 'another'));
      await page.goto(server.address);
      await page.eval(async () => (await navigator.serviceWorker.getRegistration())?.update().catch(() => {}));
      await new Promise((resolve) => setTimeout(resolve, 500));
      await page.goto(server.address);
      assert.match((await search(page, 'newsom')).options[0].text, /Newsom/);
      await server.close();
    });

    test('words_are_marked_on_the_page_of_a_hit', async () => {
      const server = await serve(folder);
      server.options.pages = {
        '/search': '<!DOCTYPE html><title>test</title><script src="samara.js" defer></script><samara-search mode="page" highlight="words" param="q"></samara-search>',
        '/document': '<!DOCTYPE html><title>test</title><script src="samara-highlight.js" defer></script><p>Beijing and <b>beijing</b>, not Beijingers; 北京大学</p>',
      };
      await page.goto(`${server.address}search?q=beijing`);
      const { options } = await until(page, ({ options }) => options.length > 0);
      const address = new URL(options[0].href);
      assert.match(options[0].href, /[?&]words=beijing.*#:~:text=beijing/i);
      for (const [words, expected] of /** @type {[string, string[]][]} */ ([[address.search, ['Beijing', 'beijing']], ['?words=北京', ['北京']], ['', []]])) {
        await page.goto(`${server.address}document${words}`);
        const marked = await page.eval(() => [...(/** @type {any} */ (CSS).highlights.get('samara') ?? [])].map(String));
        assert.deepEqual(marked, expected);
      }
      await server.close();
    });
  });
}
