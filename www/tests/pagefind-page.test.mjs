/** `pagefind.js` of bundles that the command wrote, called from a page as sites call it: every function and option. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

const page = (/** @type {string} */ body, lang = 'en') =>
  html(`<main data-pagefind-body>${body}</main>`, { head: '', lang });

const HERBS = page(`<h1 id="top">Herbs</h1><p data-pagefind-filter="kind:plant">Mint and sage grow by the wall.</p>
<h2 id="drying">Drying mint</h2><p>Hang <b data-pagefind-sort="rank:2">mint</b> in the shade, and never in the sun; café owners do so, too.</p>
<span data-pagefind-meta="author">Ann Reed</span><p data-pagefind-ignore>Ignored mint.</p>`);

const PAGES = {
  'herbs/index.html': HERBS,
  'bread/index.html': page(
    `<h1>Bread</h1><p data-pagefind-filter="kind:food" data-pagefind-sort="rank:1">Bread needs no mint at all, and time. A cafe sells it.</p>`,
  ),
  'ash/index.html': page('<h1>Ash</h1><p data-pagefind-filter="kind:plant">A tree by the wall, documented well.</p>'),
  'de/index.html': page('<h1>Minze</h1><p>Die Minze, mint genannt, wächst an der Mauer.</p>', 'de'),
  'index.html': html('', { head: '' }),
};

describe('pagefind.js', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-pagefind-'));
    /** @type {[string, Record<string, string>][]} */
    const sites = [
      ['site', PAGES],
      [
        'site/other',
        { 'far/index.html': page('<h1>Far</h1><p data-pagefind-filter="kind:food">Mint from far away.</p>') },
      ],
    ];
    for (const [site, pages] of sites) {
      for (const [path, text] of Object.entries(pages)) {
        await mkdir(dirname(join(folder, site, path)), { recursive: true });
        await writeFile(join(folder, site, path), text);
      }
    }
    const run = promisify(execFile);
    await run(SAMARA, ['build', join(folder, 'site/other'), '--pagefind', '--quiet']);
    await run(SAMARA, [
      'build',
      join(folder, 'site'),
      '--pagefind',
      '--quiet',
      '--glob',
      '{*,herbs/*,bread/*,ash/*,de/*}',
    ]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('pagefind.js', (browser) => {
    const { page, server } = withPage(browser, { folder: () => join(folder, 'site'), silent: true });

    /**
     * Runs code with `pagefind` in a fresh page of the site.
     * @param {((pagefind: any, urls: (found: any) => Promise<string[]>) => unknown) | Function} run
     * @returns {Promise<any>}
     */
    async function told(run) {
      await page.goto(server.address);
      return page.eval(async (code) => {
        const pagefind = await import(/** @type {string} */ ('/pagefind/pagefind.js'));
        const urls = async (/** @type {any} */ found) =>
          (await Promise.all(found.results.map((/** @type {any} */ one) => one.data()))).map((one) => one.url);
        return new Function('pagefind', 'urls', `return (${code})(pagefind, urls)`)(pagefind, urls);
      }, String(run));
    }

    test('search_finds_pages_in_the_language_of_the_page', async () => {
      assert.deepEqual(await told(async (pagefind, urls) => urls(await pagefind.search('mint'))), [
        '/herbs/',
        '/bread/',
      ]);
      assert.deepEqual(
        await told(async (pagefind, urls) => {
          await pagefind.options({ language: 'de' });
          return urls(await pagefind.search('mint'));
        }),
        ['/de/'],
      );
    });

    test('data_has_texts_fields_and_sections', async () => {
      const data = await told(async (pagefind) => (await pagefind.search('mint')).results[0].data());
      assert.equal(data.meta.title, 'Herbs');
      assert.equal(data.meta.author, 'Ann Reed');
      assert.deepEqual(data.filters, { kind: ['plant'] });
      assert.match(data.content, /^Herbs\. Mint and sage grow by the wall\. Drying mint\. Hang mint/);
      assert.ok(!data.content.includes('Ignored'));
      assert.match(data.excerpt, /<mark>Mint<\/mark>|<mark>mint<\/mark>/);
      assert.deepEqual(
        data.sub_results.map((/** @type {any} */ one) => one.url),
        ['/herbs/#top', '/herbs/#drying'],
      );
      assert.equal(data.raw_url, '/herbs/');
    });

    test('filters_sort_null_and_counts', async () => {
      assert.deepEqual(await told((pagefind) => pagefind.filters()), { kind: { food: 1, plant: 2 } });
      assert.deepEqual(
        (
          await told(async (pagefind, urls) => urls(await pagefind.search(null, { filters: { kind: 'plant' } })))
        ).sort(),
        ['/ash/', '/herbs/'],
      );
      assert.deepEqual(
        await told(async (pagefind, urls) =>
          urls(await pagefind.search('mint', { filters: { any: [{ kind: 'food' }, { kind: 'none' }] } })),
        ),
        ['/bread/'],
      );
      assert.deepEqual(
        await told(async (pagefind, urls) => urls(await pagefind.search(null, { sort: { rank: 'asc' } }))),
        ['/bread/', '/herbs/'],
      );
      const found = await told(async (pagefind) => {
        const { filters, totalFilters, unfilteredResultCount, results } = await pagefind.search('mint', {
          filters: { kind: 'food' },
        });
        return { filters, totalFilters, unfilteredResultCount, found: results.length };
      });
      assert.deepEqual(found, {
        filters: { kind: { food: 1, plant: 0 } },
        totalFilters: { kind: { food: 1, plant: 1 } },
        unfilteredResultCount: 2,
        found: 1,
      });
    });

    test('a_query_that_says_nothing_finds_nothing', async () => {
      for (const term of ['', '  ', '***', '@']) {
        assert.equal(
          await told(
            new Function(
              'pagefind',
              `return pagefind.search(${JSON.stringify(term)}, { filters: { kind: 'plant' } }).then((found) => found.results.length)`,
            ),
          ),
          0,
          term,
        );
      }
    });

    test('a_longer_word_finds_what_it_begins_with', async () => {
      assert.deepEqual(await told(async (pagefind, urls) => urls(await pagefind.search('documentationally'))), [
        '/ash/',
      ]);
    });

    test('every_option_counts', async () => {
      const first = async (/** @type {string} */ options, term = 'mint') =>
        told(
          new Function(
            'pagefind',
            `return pagefind.options(${options}).then(() => pagefind.search(${JSON.stringify(term)}, { verbose: true })).then(async (found) => ({ found, data: await found.results[0]?.data() }))`,
          ),
        );
      assert.equal((await first("{ baseUrl: '/docs' }")).data.url, '/docs/herbs/');
      assert.equal(
        (await first("{ highlightParam: 'hl' }", 'mint "the wall"')).data.url,
        '/herbs/?hl=mint&hl=the%20wall',
      );
      assert.equal((await first('{ excerptLength: 3 }')).data.plain_excerpt.split(' ').length, 3);
      assert.equal((await first('{ noWorker: true }')).found.search_environment, 'mainthread');
      assert.equal((await first('{}')).found.search_environment, 'webworker');
      const [usual, double] = [await first('{}'), await first('{ indexWeight: 2 }')].map(
        ({ found }) => found.results[0].score,
      );
      assert.equal(double, 2 * usual);
      const merged = await first("{ mergeFilter: { site: 'Own' } }");
      assert.deepEqual(merged.data.filters.site, ['Own']);
      assert.deepEqual(merged.found.filters.site, { Own: 2 });
      assert.equal((await first('{ exactDiacritics: true }', 'café')).found.results.length, 1);
      assert.equal((await first('{}', 'café')).found.results.length, 2);
    });

    test('several_bundles_are_one_search', async () => {
      assert.deepEqual(
        (
          await told(async (pagefind, urls) => {
            await pagefind.mergeIndex('/other/pagefind/', { mergeFilter: { site: 'Other' } });
            return urls(await pagefind.search('mint'));
          })
        ).sort(),
        ['/bread/', '/herbs/', '/other/far/'],
      );
      assert.deepEqual(
        await told(async (pagefind, urls) => {
          await pagefind.mergeIndex('/other/pagefind', { indexWeight: 100, baseUrl: '/elsewhere/' });
          return (await urls(await pagefind.search('mint')))[0];
        }),
        '/elsewhere/far/',
      );
      assert.deepEqual(
        await told(async (pagefind) => {
          await pagefind.options({ mergeFilter: { site: 'Own' } });
          await pagefind.mergeIndex('/other/pagefind/', { mergeFilter: { site: 'Other' } });
          const { results } = await pagefind.search('mint', { filters: { site: 'Other' } });
          return { filters: await pagefind.filters(), found: results.length };
        }),
        { filters: { kind: { food: 2, plant: 2 }, site: { Own: 3, Other: 1 } }, found: 1 },
      );
    });

    test('only_the_last_of_quick_searches_is_answered', async () => {
      assert.deepEqual(
        await told(async (pagefind) => {
          const all = await Promise.all(['m', 'mi', 'mint'].map((term) => pagefind.debouncedSearch(term, {}, 50)));
          return all.map((one) => one?.results.length ?? null);
        }),
        [null, null, 2],
      );
    });

    test('it_starts_anew_after_its_end_and_loads_ahead', async () => {
      assert.deepEqual(
        await told(async (pagefind) => {
          await pagefind.init();
          await pagefind.options({ baseUrl: '/x/' });
          const [before] = (await pagefind.search('mint')).results;
          await pagefind.destroy();
          await pagefind.preload('mi');
          const [behind] = (await pagefind.search('mint')).results;
          const own = pagefind.createInstance({ baseUrl: '/own/' });
          const nothing = await own.search('mint', { preload: true });
          const [instance] = (await own.search('mint')).results;
          return [(await before.data()).url, (await behind.data()).url, nothing, (await instance.data()).url];
        }),
        ['/x/herbs/', '/herbs/', null, '/own/herbs/'],
      );
    });
  });
});
