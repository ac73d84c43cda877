/** The optional scripts of a bundle: the service worker, and marks on the page of a hit. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { SITE, search, until } from './searching.mjs';
import { STRICT_POLICY } from './server.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('optional scripts', (browser) => {
  describe('the service worker', () => {
    /** @type {string} */
    let folder;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'samara-site-'));
      await cp(SITE, folder, { recursive: true });
      await edit('index.html', (html) => html.replace('<samara-search ', '<samara-search offline '));
    });
    const { server, page } = withPage(browser, { folder: () => folder, options: { policy: STRICT_POLICY } });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    /** @param {string} name @param {(text: string) => string} change */
    const edit = async (name, change) =>
      writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')));

    /** @returns {Promise<string[]>} versions that are kept, once one of them serves */
    const versions = () =>
      page.eval(async () => {
        await navigator.serviceWorker.ready;
        return (await caches.keys()).map((name) => name.replace(/^.* /, ''));
      });

    /** Makes the browser look for a new version now rather than some time. */
    const update = () =>
      page.eval(async () => (await navigator.serviceWorker.getRegistration())?.update().catch(() => {}));

    test('page_and_search_work_with_the_network_gone', async () => {
      await page.goto(server.address);
      await versions();
      await server.close();
      await page.goto(server.address);
      assert.match((await search(page, 'newsom')).options[0].text, /Newsom/);
      assert.deepEqual(server.violations, []);
    });

    test('half_a_new_version_is_not_served', async () => {
      await page.goto(server.address);
      const [first] = await versions();
      await rm(join(folder, 'samara.wasm'));
      await edit('samara.js', () => 'throw new Error("half a bundle")');
      await edit('samara-worker.js', (text) => text.replace(first, 'another'));
      await page.goto(server.address);
      await update();
      // The new worker fails to fetch all of its files, and is gone.
      await eventually(
        () =>
          page.eval(async () => {
            const { installing, waiting } = /** @type {ServiceWorkerRegistration} */ (
              await navigator.serviceWorker.getRegistration()
            );
            return !installing && !waiting;
          }),
        'the end of the new worker',
      );
      await page.goto(server.address);
      assert.match((await search(page, 'newsom')).options[0].text, /Newsom/);
    });

    test('a_new_version_is_served_whole_once_the_pages_of_the_old_one_are_gone', async () => {
      await page.goto(server.address);
      const [first] = await versions();
      await page.goto(server.address);
      await edit('index.html', (html) => html.replace('<title>', '<title>New '));
      await edit('demo.js', (text) => `window.version = 'new';${text}`);
      await edit('samara-worker.js', (text) => text.replace(first, 'another'));
      await update();
      await eventually(async () => (await versions()).includes('another'), 'the new version in its cache');
      const served = () =>
        page.eval(() => [document.title.startsWith('New '), /** @type {any} */ (window).version === 'new']);
      // A reload keeps the page, and with it the old version.
      await page.goto(`${server.address}?again`);
      assert.deepEqual(await served(), [false, false]);
      // How long a page that was left counts as one that is still there is up to the browser.
      for (let pause = 100; ; pause *= 2) {
        // Pages that listen for this are not kept for Back, where they would count as still there.
        await page.eval(() => addEventListener('unload', () => {}));
        await page.goto('about:blank');
        await new Promise((resolve) => setTimeout(resolve, pause));
        await page.goto(server.address);
        const [title, script] = await served();
        assert.equal(title, script, 'page and script of two versions');
        if (title) break;
        assert.ok(pause < 40000, 'the new version never came');
      }
      await eventually(async () => (await versions()).join() === 'another', 'the end of the old cache');
    });

    test('it_can_be_a_part_of_the_worker_that_a_site_has', async () => {
      // The files lie deeper than the worker, which covers the root.
      const search = join(folder, 'search');
      await cp(SITE, search, { recursive: true });
      server.options.pages = {
        '/own.js': "self.SAMARA_FOLDER = '/search/'; importScripts('/search/samara-worker.js');",
        '/page': html('<samara-search mode="page"></samara-search>', {
          head: '<script src="/search/samara.js" defer></script><script src="/register.js" defer></script>',
        }),
        '/register.js': "navigator.serviceWorker.register('/own.js')",
      };
      // Under trusted types a site's own worker has a policy of its own to pass.
      server.options.policy = undefined;
      await page.goto(`${server.address}page`);
      await versions();
      await page.goto(`${server.address}page`);
      await server.close();
      await page.eval(() => {
        /** @type {any} */ (document.querySelector('samara-search')).value = 'newsom';
      });
      assert.match((await until(page, ({ options }) => options.length > 0)).options[0].text, /Newsom/);
    });
  });

  describe('marks', () => {
    const { server, page } = withPage(browser, { options: { policy: STRICT_POLICY }, silent: true });

    test('words_are_marked_on_the_page_of_a_hit', async () => {
      server.options.pages = {
        '/search': html('<samara-search mode="page" highlight="words" param="q"></samara-search>'),
        '/document': html('<p>Beijing and <b>beijing</b>, not Beijingers; 北京大学</p>', {
          head: '<script src="samara-highlight.js" defer></script>',
        }),
      };
      await page.goto(`${server.address}search?q=beijing`);
      const { options } = await until(page, ({ options }) => options.length > 0);
      const address = new URL(options[0].href);
      assert.match(options[0].href, /[?&]words=beijing.*#:~:text=beijing/i);
      for (const [words, expected] of /** @type {[string, string[]][]} */ ([
        [address.search, ['Beijing', 'beijing']],
        ['?words=北京', ['北京']],
        ['', []],
      ])) {
        await page.goto(`${server.address}document${words}`);
        const marked = await page.eval(() => [.../** @type {any} */ (CSS.highlights.get('samara') ?? [])].map(String));
        assert.deepEqual(marked, expected);
      }
      assert.deepEqual(server.violations, []);
    });
  });
});
