/** How hits become options: whatever a corpus holds is shown as text, and only plain links can be followed. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from './searching.mjs';
import { STRICT_POLICY } from './server.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));
const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script><b>&amp;';

inEachBrowser('results', (browser) => {
  const { server, page } = withPage(browser, {
    folder: SOURCES,
    shared: true,
    options: {
      pages: { '/folder/page': html('<input id="input"><div id="list" role="listbox"></div>', { head: '' }) },
    },
  });
  before(() => page.goto(`${server.address}folder/page`));

  /**
   * Shows hits in the page's list.
   * @param {Partial<import('../src/api/search.js').Hit>[]} hits
   */
  const show = (hits) =>
    page.eval(async (hits) => {
      const [results, texts] = ['/src/element/results.js', '/src/element/texts.js'];
      const [{ hitNode }, { language }] = [await import(results), await import(texts)];
      const setting = {
        base: document.baseURI,
        highlight: null,
        language: language('en'),
        prefix: 'hit',
        choices: new WeakMap(),
      };
      document.querySelector('#list')?.replaceChildren(...hits.map((hit, index) => hitNode(hit, index, setting)));
    }, hits);

  test('markup_in_any_field_is_shown_as_text', async () => {
    await show([
      {
        id: MARKUP,
        url: MARKUP,
        title: MARKUP,
        titleMarks: [[0, 4]],
        score: 1,
        snippet: {
          text: MARKUP,
          marks: [
            [0, 5],
            [3, 9],
            [20, 9999],
            [-4, 2],
          ],
        },
        sections: [{ title: MARKUP, url: MARKUP, snippet: { text: MARKUP, marks: [] } }],
        meta: { source: [MARKUP, MARKUP], date: MARKUP },
        duplicates: [{ id: MARKUP, url: MARKUP, title: MARKUP }],
      },
    ]);
    const seen = await page.eval(() => {
      const list = /** @type {HTMLElement} */ (document.querySelector('#list'));
      return {
        made: list.querySelectorAll('img, script, b').length,
        title: list.querySelector('.title')?.textContent,
        hurt: 'hurt' in window,
      };
    });
    assert.deepEqual(seen, { made: 0, title: MARKUP, hurt: false });
  });

  /** @type {[string, string | null][]} */
  const links = [
    ['document.html', '/folder/document.html'],
    ['/a/b#c', '/a/b#c'],
    ['../up?x=1', '/up?x=1'],
    ['', '/folder/page'],
    ['https://other.example/x', 'https://other.example/x'],
    ['HTTP://other.example/', 'http://other.example/'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['\u0001javascript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['data:text/html,<script>alert(1)</script>', null],
    ['vbscript:x', null],
    ['blob:http://127.0.0.1/x', null],
    ['file:///etc/passwd', null],
    ['//evil.example/x', null],
    ['\\\\evil.example/x', null],
    ['/\\evil.example', null],
    ['\t//evil.example', null],
    ['http://[broken', null],
  ];
  for (const [url, expected] of links) {
    test(`the_link_${JSON.stringify(url)}_leads_to_${expected}`, async () => {
      await show([{ id: 'x', url, title: 'x' }]);
      const href = await page.eval(() => document.querySelector('#list a')?.getAttribute('href') ?? null);
      assert.equal(href, expected && new URL(expected, server.address).href);
    });
  }

  test('what_is_folded_unfolds_beneath_the_active_option', async () => {
    await show([
      {
        id: 'x',
        url: 'x',
        title: 'Document',
        sections: [1, 2, 3, 4, 5].map((n) => ({
          title: `Part ${n}`,
          url: `x#${n}`,
          snippet: { text: `text ${n}`, marks: [] },
        })),
        duplicates: [
          { id: 'y', url: 'y', title: 'Other' },
          { id: 'z', url: 'z', title: 'Third' },
        ],
      },
    ]);
    const seen = await page.eval(async () => {
      const address = '/src/element/combobox.js';
      const { Combobox } = await import(address);
      const [input, list] = [
        /** @type {HTMLInputElement} */ (document.querySelector('#input')),
        /** @type {HTMLElement} */ (document.querySelector('#list')),
      ];
      const combobox = new Combobox(input, list, { reopen() {} }, new AbortController().signal);
      const press = (/** @type {string} */ key) =>
        combobox.key(new KeyboardEvent('keydown', { key, cancelable: true }));
      const names = () =>
        [...list.querySelectorAll('[role=option]')].map(
          (option) => option.querySelector('.title, .section-title')?.textContent ?? option.textContent,
        );
      const folded = names();
      for (let i = 0; i < 5; i++) press('ArrowDown');
      press('Enter');
      const active = () =>
        document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.querySelector('.section-title')
          ?.textContent;
      return {
        folded,
        unfolded: names(),
        active: active(),
        group: list.querySelector('[role=group]')?.getAttribute('aria-label'),
      };
    });
    assert.deepEqual(seen, {
      folded: ['Document', 'Part 1', 'Part 2', 'Part 3', '2 more on this page', 'Also on 2 other pages'],
      unfolded: ['Document', 'Part 1', 'Part 2', 'Part 3', 'Part 4', 'Part 5', 'Also on 2 other pages'],
      active: 'Part 4',
      group: 'Document',
    });
  });

  test('what_may_have_been_meant_is_offered_and_searched_for_on_click', async () => {
    const seen = await page.eval(async () => {
      const [panels, views] = ['/src/element/panel.js', '/src/element/view.js'];
      const [{ Panel }, { createView }] = [await import(panels), await import(views)];
      const box = createView('offer');
      const taken = /** @type {string[]} */ ([]);
      const panel = new Panel(box, 'offer', { take: (/** @type {string} */ query) => taken.push(query) });
      const setting = {
        base: document.baseURI,
        highlight: null,
        tag: 'en',
        fields: [],
        chosen: {},
        admitted: {},
        wide: new Set(),
        sort: 'relevance',
      };
      const answer = { total: 1, hits: [{ id: 'x', url: 'x', title: 'x', score: 1 }], facets: {}, took: 1 };
      panel.answer({ ...answer, offered: { from: 'recieved', to: '<b>received' } }, [], 'recieved', setting);
      const { view } = panel;
      const { hidden, textContent: notice } = view.notice;
      // Told once it rests.
      await new Promise((resolve) => new MutationObserver(resolve).observe(box.status, { childList: true }));
      const said = box.status.textContent;
      view.notice.querySelector('button')?.click();
      panel.answer(answer, [], 'received', setting);
      return { hidden, notice, said, taken, later: view.notice.hidden };
    });
    assert.deepEqual(seen, {
      hidden: false,
      notice: 'Did you mean <b>received?',
      said: '1 result. Did you mean <b>received?',
      taken: ['<b>received'],
      later: true,
    });
  });

  test('what_was_not_used_is_told_and_nothing_twice', async () => {
    const seen = await page.eval(async () => {
      const [panels, views] = ['/src/element/panel.js', '/src/element/view.js'];
      const [{ Panel }, { createView }] = [await import(panels), await import(views)];
      const box = createView('unused');
      const panel = new Panel(box, 'unused', {});
      const setting = { base: document.baseURI, tag: 'en', fields: [], chosen: {}, admitted: {}, wide: new Set() };
      const hit = { id: 'x', url: 'x', title: 'x', score: 1 };
      const shown = (/** @type {object[]} */ hits, /** @type {object[]} */ ignored) => {
        panel.answer({ total: hits.length, hits, facets: {}, took: 1, ignored }, [], 'the xyzzy', setting);
        return [...box.panel.querySelectorAll('p.quiet')].map(({ textContent }) => textContent);
      };
      const [the, xyzzy] = [
        { text: 'the', reason: 'common' },
        { text: '<b>xyzzy', reason: 'unknown' },
      ];
      return [shown([hit], [the, xyzzy]), shown([], [xyzzy]), shown([], [the, xyzzy])];
    });
    // Where nothing is found, that no document has a word goes without saying.
    assert.deepEqual(seen, [['Not used: the, <b>xyzzy'], [], ['Not used: the']]);
  });

  test('every_language_says_all_and_names_the_box_as_the_first_script_does', async () => {
    const lacking = await page.eval(async () => {
      const [names, texts, ...others] = ['names', 'texts', 'advice', 'hints', 'narrowing', 'order', 'recent'].map(
        (name) => `/src/element/${name}.js`,
      );
      const [{ FIRST }, { ENGLISH }] = [await import(names), await import(texts)];
      // They bring along what only they say.
      for (const other of others) await import(other);
      const languages = await (await fetch('/src/element/languages.json')).json();
      const lacking = Object.keys(languages).flatMap((tag) =>
        Object.keys(ENGLISH)
          .filter(
            (key) =>
              !languages[tag][key] ||
              String(ENGLISH[key]).includes('{query}') !== String(languages[tag][key]).includes('{query}'),
          )
          .map((key) => `${tag}: ${key}`),
      );
      return [
        ...lacking,
        ...Object.keys(FIRST).filter((tag) => {
          const { search, failed } = languages[tag] ?? {};
          return tag !== 'en' && String(FIRST[tag]) !== String([search, failed]);
        }),
      ];
    });
    assert.deepEqual(lacking, []);
  });

  test('a_section_named_like_its_page_is_not_repeated', async () => {
    await show([
      {
        id: 'x',
        url: 'x',
        title: 'Install',
        sections: [
          { title: 'install ', url: 'x#a' },
          { title: 'Windows', url: 'x#b' },
        ],
      },
    ]);
    const titles = await page.eval(() =>
      [...document.querySelectorAll('#list .section-title')].map((node) => node.textContent),
    );
    assert.deepEqual(titles, ['Windows']);
  });
});

/** A document in each of whose fields markup stands, and one for each address that leads astray. */
const DOCUMENTS = [
  {
    id: MARKUP,
    url: 'plain.html',
    title: `hostile ${MARKUP}`,
    text: `hostile ${MARKUP} text`,
    source: MARKUP,
    date: MARKUP,
    tags: [MARKUP, 'x'],
    lang: MARKUP,
    [MARKUP]: MARKUP,
  },
  ...[
    'javascript:window.hurt=1',
    'JaVaScRiPt:window.hurt=1',
    '//evil.example/x',
    '/\\evil.example',
    'data:text/html,<script>alert(1)</script>',
  ].map((url, at) => ({
    id: `astray ${at}`,
    url,
    title: `hostile address ${at}`,
    text: `hostile words, number ${at}`,
    source: 'x',
  })),
];

describe('a hostile corpus', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-hostile-'));
    await writeFile(join(folder, 'corpus.json'), JSON.stringify(DOCUMENTS));
    await promisify(execFile)(SAMARA, ['build', join(folder, 'corpus.json'), '-o', join(folder, 'site')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('through a real index', (browser) => {
    const { server, page } = withPage(browser, {
      folder: () => join(folder, 'site'),
      options: { policy: STRICT_POLICY },
      silent: true,
    });

    test('is_shown_as_text_and_leads_nowhere_else', async () => {
      const element = '<samara-search mode="page" limit="20" highlight="words"></samara-search>';
      server.options.pages = { '/page': html(element) };
      await page.goto(`${server.address}page?q=hostile`);
      const { options } = await until(page, ({ options }) => options.length >= DOCUMENTS.length);
      const seen = await page.eval(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
        return {
          made: root.querySelectorAll('img, script, b, .list a b, [onerror]').length,
          text: root.textContent,
          hurt: 'hurt' in window,
        };
      });
      assert.deepEqual([seen.made, seen.hurt], [0, false]);
      assert.ok(seen.text?.includes('<img src=x onerror='), seen.text ?? '');
      // The command takes no such address; what the element does with one, module/link.test.mjs knows.
      for (const { href } of options) assert.ok(href.startsWith(server.address), href);
      assert.deepEqual(server.violations, []);
    });
  });
});
