/** What a page fetches of an index in blocks before it is asked for. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { foreseen } from '../src/api/ahead.blocks.js';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

// Words of four syllables, enough for many blocks of terms and lists of beginnings.
const SYLLABLES = ['ba', 'ke', 'li', 'mo', 'nu', 'pra', 'sti', 'tö', 'vu', 'wa'];
const word = (/** @type {number} */ number) =>
  Array.from(String(number * 7919 + 1000).slice(-4), (digit) => SYLLABLES[Number(digit)]).join('');
const PAGES = Array.from({ length: 60 }, (_, page) => ({
  url: `/${page}`,
  title: `${word(page)} ${word(page + 100)} ${word(page + 200)}`,
  tag: ['herbs', 'bread'][page % 2],
  text: Array.from({ length: 200 }, (_, place) => word(page * 150 + place)).join(' '),
}));

describe('ahead', () => {
  /** @type {string} */
  let folder;
  const bundle = () => join(folder, 'bundle');
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'samara-ahead-'));
    writeFileSync(join(folder, 'pages.json'), JSON.stringify(PAGES));
    execFileSync(SAMARA, ['build', join(folder, 'pages.json'), '-o', bundle(), '--layout', 'split', '--quiet']);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('what_a_question_asks_for_first_is_foreseen', () => {
    const root = inflateRawSync(readFileSync(join(bundle(), 'samara.root')));
    const there = new Set(readdirSync(join(bundle(), 'blocks')));
    const kinds = { terms: 't', beginning: 'b', column: 'f' };
    for (const query of [
      word(5),
      `${word(900)} ${word(17)}`,
      'ba',
      'Töb',
      'Sti',
      `${word(3)} w`,
      'kelimonu ',
      'zzz',
      'tost',
    ]) {
      const names = foreseen(root, query);
      assert.deepEqual(
        names.filter((name) => !there.has(name)),
        [],
        query,
      );
      const list = join(folder, 'queries.jsonl');
      writeFileSync(list, JSON.stringify({ id: '1', text: query }));
      const told = execFileSync(SAMARA, ['search', bundle(), '--queries', list, '--cost'], { encoding: 'utf8' });
      const first = JSON.parse(told).cost[1] ?? {};
      const expected = Object.entries(kinds).map(([kind, letter]) => [letter, first[kind]?.files]);
      const found = Object.values(kinds).map((letter) => [
        letter,
        names.filter((name) => name.startsWith(letter)).length || undefined,
      ]);
      assert.deepEqual(found, expected, query);
    }
    for (let end = 0; end < 200; end++) foreseen(root.subarray(0, end), 'ba');
    for (let at = 16; at < root.length; at += 7)
      foreseen(
        root.map((byte, place) => (place === at ? 255 : byte)),
        'ba',
      );
  });

  test('before_a_question_what_every_one_needs_is_foreseen', () => {
    const root = inflateRawSync(readFileSync(join(bundle(), 'samara.root')));
    const names = foreseen(root, '');
    assert.ok(names.length > 0);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('f')),
      [],
    );
  });

  inEachBrowser('fetched ahead', (browser) => {
    const { server, page } = withPage(browser, {
      folder: bundle,
      options: {
        pages: {
          '/page': html('<samara-search></samara-search>', { head: '<script src="samara.js" defer></script>' }),
          '/asking': html('', {
            head: `<script type="module">
              import { open } from './samara.mjs';
              globalThis.samara = { open };
            </script>`,
          }),
        },
      },
    });
    const blocks = (/** @type {string} */ kind) => server.requests.filter((path) => path.startsWith(`/blocks/${kind}`));

    /**
     * A page that has got suggestions: the first of one word, and the blocks of terms that were there by then.
     * @param {boolean} saves bytes
     */
    async function suggested(saves) {
      await page.goto(`${server.address}asking`);
      await eventually(() => page.eval(() => 'samara' in globalThis), 'the module is there');
      return page.eval(async (saves) => {
        Object.defineProperty(navigator, 'connection', { value: { saveData: saves } });
        const scope = /** @type {any} */ (globalThis);
        scope.search = await scope.samara.open(undefined, { worker: false });
        /** @type {{ text: string }[]} */
        const found = await scope.search.suggest('ba');
        const there = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/blocks/t'));
        return {
          text: found.find(({ text }) => !text.includes(' '))?.text,
          there: there.length,
          titles: found[0].text,
        };
      }, saves);
    }
    const query = (/** @type {string | undefined} */ text) =>
      page.eval((text) => /** @type {any} */ (globalThis).search.query(text).then(() => {}), text);

    test('the_first_completion_is_there_when_it_is_asked_for', async () => {
      server.requests.length = 0;
      const { text, there, titles } = await suggested(false);
      // Titles come before it, and are not taken for it.
      assert.ok(titles.includes(' '));
      await eventually(() => blocks('t').length > there, 'a block is fetched ahead');
      const ahead = blocks('t').length;
      assert.equal(ahead, there + 1);
      await query(text);
      assert.equal(blocks('t').length, ahead);
    });

    test('who_saves_bytes_fetches_what_was_asked_for', async () => {
      server.requests.length = 0;
      const { text, there } = await suggested(true);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal(blocks('t').length, there);
      await query(text);
      assert.ok(blocks('t').length > there);
    });

    test('with_the_focus_comes_what_every_question_needs', async () => {
      await page.goto(`${server.address}page`);
      server.requests.length = 0;
      await page.eval(async () => {
        const element = /** @type {HTMLElement} */ (document.querySelector('samara-search'));
        const ready = new Promise((resolve) => element.addEventListener('samara-ready', resolve));
        element.focus();
        await ready;
      });
      assert.ok(blocks('f').length > 0);
      // Behind it what suggestions need.
      await eventually(() => blocks('e').length, 'the second half of the engine is fetched');
      assert.equal(blocks('').length, blocks('f').length + 1);
    });
  });
});
