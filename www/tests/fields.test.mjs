/** What the fields of documents make of controls, headings and groups. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { search, until } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

/** Documents without a date, by authors whose names are wider than a phone. */
const UNDATED = Array.from({ length: 12 }, (_, at) => ({
  url: `${at}.html`,
  title: `Lantern ${at}`,
  text: `The lantern of house ${at} hangs beside the door.`,
  author: `Konstantin Eleutherios Papadiamantopoulos-Wolkenstein the ${at % 2 ? 'Elder' : 'Younger'}`,
  lang: at % 3 ? 'en' : 'de',
}));

describe('documents without a date', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-fields-'));
    const corpus = join(folder, 'corpus.jsonl');
    await writeFile(corpus, UNDATED.map((document) => JSON.stringify(document)).join('\n'));
    await promisify(execFile)(SAMARA, ['build', '--quiet', corpus, '-o', join(folder, 'site')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('their fields', (browser) => {
    const { server, page } = withPage(browser, { folder: () => join(folder, 'site'), silent: true });

    /** @param {string} attributes @param {string} [lang] */
    async function show(attributes, lang) {
      server.options.pages = { '/page': html(`<samara-search mode="page" ${attributes}></samara-search>`, { lang }) };
      await page.goto(`${server.address}page`);
    }

    /** @param {string} selector */
    const texts = (selector) =>
      page.eval((selector) => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
        return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))].map(
          (node) => node.innerText,
        );
      }, selector);

    test('a_list_to_unfold_is_no_wider_than_the_page_and_has_one_border', async () => {
      await show('facets="author:select" style="width: 20rem; display: block"');
      await search(page, 'lantern');
      const boxes = await page.eval(() => {
        const host = /** @type {HTMLElement} */ (document.querySelector('samara-search'));
        const select = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector('[part=select]'));
        const group = /** @type {HTMLElement} */ (select.closest('[part=facets]'));
        return {
          within: select.getBoundingClientRect().right <= host.getBoundingClientRect().right,
          borders: [select, group].map((node) => parseFloat(getComputedStyle(node).borderTopWidth) > 0),
        };
      });
      assert.deepEqual(boxes, { within: true, borders: [true, false] });
    });

    test('what_is_no_latest_is_not_called_so_and_no_dates_are_offered', async () => {
      await show('browse facets="lang date:range"');
      const { count } = await until(page, ({ options }) => options.length > 0);
      assert.equal(count, '12 results');
      assert.deepEqual(await texts('.facet-name'), ['Language']);
    });

    for (const [lang, expected] of /** @type {const} */ ([
      ['en', ['English', 'German']],
      ['de', ['Deutsch', 'Englisch']],
    ])) {
      test(`groups_of_a_language_have_its_name_in_${lang}`, async () => {
        await show('group="lang" limit="20"', lang);
        await search(page, 'lantern');
        assert.deepEqual((await texts('[part=group-title]')).toSorted(), expected);
      });
    }

    test('authors_have_a_heading_in_the_language_of_the_page', async () => {
      await show('facets="author"', 'de');
      await search(page, 'lantern');
      await until(page, ({ count }) => count.includes('Treffer'));
      assert.deepEqual(await texts('.facet-name'), ['Verfasser']);
    });
  });
});
