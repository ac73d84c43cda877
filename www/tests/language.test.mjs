/** Hits in the page's language come before others that answer about as well. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prefer } from '../src/element/preferred.js';
import { SITE, search } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

/** Two pages, each in three languages, and one that answers better than all in a language of its own. */
const GUIDE = [
  ['en', 'Lantern', 'The lantern hangs beside the door of the harbour'],
  ['de', 'Lantern', 'Die Lantern hängt neben der Tür am Hafen dort'],
  ['fr', 'Lantern', 'La lantern est accrochée à côté de la porte du port'],
  ['pt', 'Lantern lantern', 'Lantern lantern lantern lantern lantern'],
].map(([lang, title, text]) => ({ url: `${lang}.html`, title, text, lang }));

test('only_what_answers_about_as_well_changes_places_and_pinned_pages_stay', () => {
  /** @param {[number, string][]} hits @param {string} tag */
  const order = (hits, tag) => {
    const list = hits.map(([score, lang], at) => ({ id: `${at}`, url: '', title: '', score, meta: { lang } }));
    prefer(list, tag);
    return list.map(({ id }) => id).join('');
  };
  for (const [hits, tag, expected] of /** @type {[[number, string][], string, string][]} */ ([
    [
      [
        [100, 'en'],
        [90, 'de'],
        [20, 'de'],
      ],
      'de',
      '102',
    ],
    [
      [
        [100, 'en'],
        [90, 'de'],
        [20, 'de'],
      ],
      'en',
      '012',
    ],
    [
      [
        [100, 'en'],
        [100, 'de-AT'],
      ],
      'de',
      '10',
    ],
    [
      [
        [100, 'en'],
        [100, 'de'],
      ],
      'de-CH',
      '10',
    ],
    [
      [
        [100, 'en'],
        [50, 'de'],
      ],
      'de',
      '01',
    ],
    // The first one scores less than the second: it is pinned.
    [
      [
        [10, 'en'],
        [100, 'en'],
        [95, 'de'],
      ],
      'de',
      '021',
    ],
    [[], 'de', ''],
  ])) {
    assert.equal(order(hits, tag), expected, JSON.stringify([hits, tag]));
  }
});

describe('a site in several languages', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-language-'));
    for (const file of ['samara.js', 'samara.search.js', 'samara.extras.js', 'samara.wasm', 'samara.languages.json'])
      await cp(join(SITE, file), join(folder, file));
    await writeFile(join(folder, 'guide.json'), JSON.stringify(GUIDE));
    const bundle = join(folder, 'search');
    await promisify(execFile)(SAMARA, ['build', join(folder, 'guide.json'), '-o', bundle, '--quiet']);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('searched', (browser) => {
    const pages = Object.fromEntries(
      ['en', 'de', 'fr'].map((lang) => [
        `/${lang}`,
        html('<samara-search mode="page" src="/search/" facets=""></samara-search>', { lang }),
      ]),
    );
    const { server, page } = withPage(browser, { folder: () => folder, options: { pages } });

    test('has_the_hits_of_the_pages_language_before_its_translations', async () => {
      for (const lang of ['en', 'de', 'fr']) {
        await page.goto(`${server.address}${lang}`);
        await search(page, 'lantern');
        const order = await page.eval(() =>
          [...(document.querySelector('samara-search')?.shadowRoot?.querySelectorAll('a[role=option]') ?? [])].map(
            (hit) => /** @type {HTMLAnchorElement} */ (hit).href.replace(/.*\/(\w+)\.html.*/, '$1'),
          ),
        );
        assert.equal(order.filter((other) => other !== 'pt')[0], lang, order.join());
        assert.equal(order.length, 4);
      }
    });
  });
});
