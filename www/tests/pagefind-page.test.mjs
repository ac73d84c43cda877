/** `pagefind.js` of bundles that the command wrote, called from a page as sites call it: every function and option. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { focus } from './searching.mjs';
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

/** The same site in each layout, by the folder of its bundle. */
const BUNDLES = { embedded: 'pagefind', split: 'split' };

/** A bundle with many pages, and how many. */
const [LARGE, PAGES_OF_LARGE] = ['large', 1500];

/** @param {(browser: import('./browser.mjs').Browser, bundle: string) => void} declare */
function inEachLayout(declare) {
  for (const [layout, bundle] of Object.entries(BUNDLES)) {
    inEachBrowser(`pagefind.js, ${layout},`, (browser) => declare(browser, bundle));
  }
}

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
    const build = (/** @type {string[]} */ ...more) =>
      promisify(execFile)(SAMARA, ['build', '--pagefind', '--quiet', ...more]);
    await build(join(folder, 'site/other'), '--layout', 'split');
    for (const [layout, bundle] of Object.entries(BUNDLES)) {
      const pages = ['--glob', '{*,herbs/*,bread/*,ash/*,de/*}'];
      await build(join(folder, 'site'), '-o', join(folder, 'site', bundle), '--layout', layout, ...pages);
    }
    for (const bundle of Object.values(BUNDLES)) {
      const box = '<div id="search"></div><script>new PagefindUI({ element: "#search" });</script>';
      await writeFile(
        join(folder, 'site', `${bundle}.html`),
        html(box, { head: `<script src="/${bundle}/pagefind-ui.js"></script>` }),
      );
    }
    const records = Array.from({ length: PAGES_OF_LARGE }, (_, number) =>
      JSON.stringify({ url: `/${number}/`, title: `Page ${number}`, text: `Word${number} and more.`, lang: 'en' }),
    );
    await writeFile(join(folder, 'large.jsonl'), records.join('\n'));
    await build(join(folder, 'large.jsonl'), '-o', join(folder, 'site', LARGE), '--layout', 'split');
    await build(join(folder, 'site/other'), '-o', join(folder, 'site/other/based'), '--base-url', '/elsewhere/');
    await cp(join(folder, 'site', BUNDLES.split), join(folder, 'site/lacking'), { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachLayout((browser, bundle) => {
    const { page, server } = withPage(browser, { folder: () => join(folder, 'site'), silent: true });

    /**
     * Runs code with `pagefind` in a fresh page of the site.
     * @param {((pagefind: any, urls: (found: any) => Promise<string[]>) => unknown) | Function} run
     * @returns {Promise<any>}
     */
    async function told(run) {
      await page.goto(server.address);
      return page.eval(
        async (code, from) => {
          const pagefind = await import(/** @type {string} */ (`/${from}/pagefind.js`));
          const urls = async (/** @type {any} */ found) =>
            (await Promise.all(found.results.map((/** @type {any} */ one) => one.data()))).map((one) => one.url);
          return new Function('pagefind', 'urls', `return (${code})(pagefind, urls)`)(pagefind, urls);
        },
        String(run),
        bundle,
      );
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

    test('results_tell_their_place_and_where_words_were_found', async () => {
      const told_of = (/** @type {string} */ term) =>
        told(
          new Function(
            'pagefind',
            `return pagefind.search(${JSON.stringify(term)}).then(async ({ results, timings }) => (
              { ...results[0], data: await results[0].data(), names: new Set(results.map((one) => one.id)).size === results.length, timings }))`,
          ),
        );
      const mint = await told_of('mint');
      assert.deepEqual(mint.words, mint.data.locations);
      assert.ok(mint.words.length > 2 && mint.score > 0 && mint.names);
      assert.equal(mint.matchedMetaFields, undefined);
      assert.deepEqual(
        mint.words.map((/** @type {number} */ at) => mint.data.content.split(' ')[at].toLowerCase().slice(0, 4)),
        mint.words.map(() => 'mint'),
      );
      assert.ok(mint.timings.every((/** @type {any} */ one) => one.total >= one.search));
      assert.deepEqual((await told_of('herbs')).matchedMetaFields, ['title']);
      assert.deepEqual((await told_of('reed')).matchedMetaFields, ['author']);
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

    test('another_bundle_answers_where_basePath_says_so', async () => {
      assert.deepEqual(
        await told(async (pagefind, urls) => {
          await pagefind.init();
          const own = await urls(await pagefind.search('mint'));
          await pagefind.options({ basePath: '/other/pagefind/' });
          const moved = await urls(await pagefind.search('mint'));
          await pagefind.options({ baseUrl: '/there/' });
          const based = await urls(await pagefind.search('mint'));
          const instance = pagefind.createInstance({ basePath: 'other/pagefind' });
          return { own, moved, based, instance: await urls(await instance.search('mint')) };
        }),
        { own: ['/herbs/', '/bread/'], moved: ['/other/far/'], based: ['/there/far/'], instance: ['/other/far/'] },
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

  inEachBrowser('pagefind.js of both layouts', (browser) => {
    const { page, server } = withPage(browser, { folder: () => join(folder, 'site') });

    /** Questions of every kind, with the options that they are asked with. @type {[any, object, object][]} */
    const QUESTIONS = [
      ['mint', {}, {}],
      ['min', {}, {}],
      ['mnit', {}, {}],
      ['wall shade', {}, {}],
      ['"in the shade"', {}, {}],
      ['documentationally', {}, {}],
      ['nothinglikeit', {}, {}],
      ['ann', {}, {}],
      [null, {}, {}],
      [null, { sort: { rank: 'desc' } }, {}],
      ['wall', { sort: { title: 'asc' } }, {}],
      ['wall', { sort: { unknown: 'asc' } }, {}],
      ['mint', { filters: { not: { kind: 'food' } } }, {}],
      ['cafe', {}, { exactDiacritics: true }],
      ['mint wall', {}, { ranking: { termSaturation: 0.1, pageLength: 0, termFrequency: 0 } }],
      ['mint wall', {}, { ranking: { termSaturation: 4, pageLength: 1, termFrequency: 0.5, termSimilarity: 9 } }],
      ['min', {}, { ranking: { termSimilarity: 0, diacriticSimilarity: 0, metaWeights: { title: 0, author: 3 } } }],
    ];

    test('answers_are_the_same_and_so_are_their_data', async () => {
      await page.goto(server.address);
      const [one, other] = await page.eval(
        async (bundles, questions) =>
          Promise.all(
            bundles.map(async (bundle) => {
              const { createInstance } = await import(/** @type {string} */ (`/${bundle}/pagefind.js`));
              const answers = [];
              for (const [term, how, options] of questions) {
                const pagefind = createInstance(options);
                const { results, timings, ...rest } = await pagefind.search(term, how);
                const all = results.map(async (/** @type {any} */ { data, ...result }) => ({
                  ...result,
                  data: await data(),
                }));
                answers.push({ ...rest, results: await Promise.all(all) });
                await pagefind.destroy();
              }
              return answers;
            }),
          ),
        Object.values(BUNDLES),
        QUESTIONS,
      );
      QUESTIONS.forEach((question, number) => {
        assert.deepEqual(other[number], one[number], JSON.stringify(question));
      });
      // Bundles that find nothing would be equal, too.
      assert.ok(one.filter(({ results }) => results.length).length > QUESTIONS.length - 3);
    });

    test('pages_are_one_search_whichever_layout_they_are_in_and_have_names_of_their_own', async () => {
      await page.goto(server.address);
      for (const [own, merged] of [Object.values(BUNDLES), Object.values(BUNDLES).reverse()]) {
        const found = await page.eval(
          async (own, merged) => {
            const { createInstance } = await import(/** @type {string} */ (`/${own}/pagefind.js`));
            const pagefind = createInstance();
            await pagefind.mergeIndex(`/${merged}/`, { baseUrl: '/merged/' });
            await pagefind.mergeIndex('/other/pagefind/');
            const { results } = await pagefind.search('mint');
            const urls = await Promise.all(results.map(async (/** @type {any} */ one) => (await one.data()).url));
            await pagefind.destroy();
            return { urls, names: new Set(results.map((/** @type {any} */ one) => one.id)).size };
          },
          own,
          merged,
        );
        assert.deepEqual(found.urls.sort(), ['/bread/', '/herbs/', '/merged/bread/', '/merged/herbs/', '/other/far/']);
        assert.equal(found.names, found.urls.length);
      }
    });

    test('a_list_of_results_reads_nothing_of_them', async () => {
      await page.goto(server.address);
      const asked = await page.eval(async (bundle) => {
        const { createInstance } = await import(/** @type {string} */ (`/${bundle}/pagefind.js`));
        const pagefind = createInstance({ noWorker: true });
        const { results } = await pagefind.search(null);
        const names = performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1) ?? '');
        return { cards: names.filter((name) => /^c\d/.test(name)).length, found: results.length };
      }, LARGE);
      assert.equal(asked.found, PAGES_OF_LARGE);
      const all = (await readdir(join(folder, 'site', LARGE, 'blocks'))).filter((name) => name.startsWith('c'));
      assert.ok(
        asked.cards > 0 && asked.cards < 3 && all.length > 10,
        `${asked.cards} of ${all.length} blocks of cards`,
      );
    });

    test('addresses_that_were_built_with_a_base_have_it_once', async () => {
      await page.goto(server.address);
      const url = await page.eval(async () => {
        const { search } = await import(/** @type {string} */ ('/other/based/pagefind.js'));
        const { results } = await search('mint');
        return (await results[0].data()).url;
      });
      assert.equal(url, '/elsewhere/far/');
    });

    test('a_bundle_that_is_missing_is_named', async () => {
      await page.goto(server.address);
      const said = await page.eval(async (bundle) => {
        const { createInstance } = await import(/** @type {string} */ (`/${bundle}/pagefind.js`));
        const pagefind = createInstance({ basePath: '/nowhere/' });
        return pagefind.search('mint').catch((/** @type {Error} */ error) => error.message);
      }, BUNDLES.embedded);
      assert.match(said, /nowhere\/pagefind\.js/);
    });

    test('a_block_that_is_missing_is_named', async () => {
      const blocks = join(folder, 'site/lacking/blocks');
      const names = await readdir(blocks);
      await page.goto(server.address);
      const ask = () =>
        page.eval(async () => {
          const { createInstance } = await import(/** @type {string} */ ('/lacking/pagefind.js'));
          const pagefind = createInstance();
          const said = await pagefind.search('mint').then(
            (/** @type {any} */ { results }) => results.length,
            (/** @type {Error} */ error) => error.message,
          );
          await pagefind.destroy();
          return said;
        });
      for (const name of names.filter((name) => /^[tcd]/.test(name))) await rm(join(blocks, name));
      const said = await ask();
      assert.ok(
        names.some((name) => String(said).includes(name)),
        String(said),
      );
    });
  });

  inEachBrowser('the search box in the place of Pagefind’s', (browser) => {
    const { page, server } = withPage(browser, { folder: () => join(folder, 'site'), silent: true });

    for (const [layout, bundle] of Object.entries(BUNDLES)) {
      test(`finds_pages_of_a_bundle_that_is_${layout}`, async () => {
        await page.goto(`${server.address}${bundle}.html`);
        await focus(page);
        await page.type('sage');
        const address = await page.eval(async () => {
          for (let left = 100; left; left--) {
            const root = document.querySelector('samara-search')?.shadowRoot;
            const link = /** @type {HTMLAnchorElement | null | undefined} */ (root?.querySelector('a[href*="herbs"]'));
            if (link) return link.pathname;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          return undefined;
        });
        assert.equal(address, '/herbs/');
      });
    }
  });
});
