/** Several bundles in one box and by one call: hits of all, in the order of one index that held them all. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SITE, search, until } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

const FILLER = ['river', 'stone', 'cloud', 'meadow', 'harbour', 'lantern', 'orchard', 'copper', 'velvet', 'thistle'];

/** Ten documents each: an apple is common in the old version, and rare in the new one. */
const OLD = FILLER.map((word, at) => ({
  url: `${word}.html`,
  title: `Old ${word}`,
  text: at === 0 ? 'apple apple apple pie' : at < 9 ? `apple ${word} pie tart` : `pear ${word} pie tart`,
  source: 'shop',
  date: `2020-01-0${(at % 9) + 1}`,
}));
const NEW = FILLER.map((word, at) => ({
  url: `${word}.html`,
  title: `New ${word}`,
  text: at === 0 ? 'apple pie tart cake' : `plum ${word} pie tart`,
  source: at % 2 ? 'shop' : 'market',
  date: `2024-01-0${(at % 9) + 1}`,
}));

describe('several bundles', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-several-'));
    for (const file of ['samara.js', 'samara.search.js', 'samara.extras.js', 'samara.wasm', 'samara.languages.json'])
      await cp(join(SITE, file), join(folder, file));
    const corpora = { old: OLD, new: NEW, both: [...OLD, ...NEW] };
    for (const [name, documents] of Object.entries(corpora)) {
      await writeFile(
        join(folder, `${name}.json`),
        JSON.stringify(documents.map((one) => ({ ...one, url: `${one.title}.html` }))),
      );
      await promisify(execFile)(SAMARA, [
        'build',
        join(folder, `${name}.json`),
        '-o',
        join(folder, name, 'search'),
        '--quiet',
      ]);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('as one', (browser) => {
    const { server, page } = withPage(browser, {
      folder: () => folder,
      options: {
        pages: {
          '/page': html(
            '<samara-search mode="page" src="/old/search/ /new/search/" group="from" limit="20"></samara-search>',
          ),
        },
      },
    });

    /** @param {string | string[]} source @param {string} text @param {object} [options] @returns {Promise<any>} */
    const ask = (source, text, options = {}) =>
      page.eval(
        async (source, text, options) => {
          const search = await /** @type {any} */ (window).samara.open(source);
          const answer = await search.query(text, options);
          search.close();
          return {
            ...answer,
            hits: answer.hits.map((/** @type {any} */ { title, url, from, meta }) => ({
              title,
              url,
              from,
              date: meta?.date,
            })),
          };
        },
        source,
        text,
        options,
      );
    const BOTH = ['/old/search/', '/new/search/'];

    test('answer_in_the_order_of_one_index_that_holds_all', async () => {
      await page.goto(`${server.address}page`);
      for (const text of ['apple', 'plum', 'pear']) {
        const [several, one] = [await ask(BOTH, text, { limit: 20 }), await ask('/both/search/', text, { limit: 20 })];
        assert.equal(several.total, one.total, text);
        assert.equal(several.hits[0].title, one.hits[0].title, text);
        assert.deepEqual(
          several.hits.map((/** @type {any} */ { title }) => title).sort(),
          one.hits.map((/** @type {any} */ { title }) => title).sort(),
        );
      }
      const { hits } = await ask(BOTH, 'apple');
      assert.equal(hits[0].title, 'Old river');
      assert.deepEqual([...new Set(hits.map((/** @type {any} */ { from }) => from))].sort(), [...BOTH].sort());
      for (const { url, from } of hits) assert.ok(url.startsWith(`${server.address}${from?.split('/')[1]}/`), url);
    });

    test('ignore_what_none_of_them_uses', async () => {
      await page.goto(`${server.address}page`);
      // The new one has no pear, and the old one no plum.
      for (const text of ['pear plum ', 'pear plum xyzzy ', 'apple cake xyzzy ']) {
        const { ignored } = await ask(BOTH, text);
        const expected = text.includes('xyzzy') ? [{ text: 'xyzzy', reason: 'unknown' }] : [];
        assert.deepEqual(ignored, expected, text);
      }
    });

    test('merge_facets_orders_pages_and_corrections', async () => {
      await page.goto(`${server.address}page`);
      const { facets, total } = await ask(BOTH, 'pie', { limit: 20 });
      const counts = Object.fromEntries(facets.source.map((/** @type {any} */ { value, count }) => [value, count]));
      assert.deepEqual([total, counts], [20, { shop: 15, market: 5 }]);
      const dates = (await ask(BOTH, 'pie', { sort: 'date:desc', limit: 20 })).hits.map((/** @type {any} */ { date }) =>
        String(date),
      );
      assert.deepEqual(dates, dates.toSorted().reverse());
      const [first, second] = [await ask(BOTH, 'pie', { limit: 6 }), await ask(BOTH, 'pie', { limit: 6, offset: 6 })];
      assert.equal(new Set([...first.hits, ...second.hits].map((/** @type {any} */ { title }) => title)).size, 12);
      // One of them has no such word, and the other shows that it is one.
      const plum = await ask(BOTH, 'plum');
      assert.deepEqual([plum.corrected, plum.total], [undefined, 9]);
    });

    test('stand_in_one_box_under_their_names', async () => {
      await page.goto(`${server.address}page`);
      const { options } = await search(page, 'apple');
      assert.equal(options.length, 10);
      const groups = await page.eval(() =>
        [...(document.querySelector('samara-search')?.shadowRoot?.querySelectorAll('.group-title') ?? [])].map(
          (node) => node.textContent,
        ),
      );
      assert.deepEqual(groups, ['/old/search/', '/new/search/']);
      await until(page, ({ count }) => count === '10 results');
    });
  });
});
