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
  title: word(page),
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
      '',
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
      const expected = Object.entries(kinds).map(([kind, letter]) => [letter, query && first[kind]?.files]);
      const found = Object.values(kinds).map((letter) => [
        letter,
        query && (names.filter((name) => name.startsWith(letter)).length || undefined),
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

    /** What is fetched of a completion while nobody asks, and by the question for it. @param {boolean} saves bytes */
    async function completed(saves) {
      await page.goto(`${server.address}asking`);
      await eventually(() => page.eval(() => 'samara' in globalThis), 'the module is there');
      const text = await page.eval(async (saves) => {
        Object.defineProperty(navigator, 'connection', { value: { saveData: saves } });
        const scope = /** @type {any} */ (globalThis);
        scope.search = await scope.samara.open(undefined, { worker: false });
        return (await scope.search.suggest('ba'))[0].text;
      }, saves);
      const before = blocks('t').length;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const ahead = blocks('t').length - before;
      await page.eval((text) => /** @type {any} */ (globalThis).search.query(text), text);
      return { ahead, asked: blocks('t').length - before - ahead };
    }

    test('the_likeliest_completion_is_there_when_it_is_asked_for', async () => {
      const { ahead, asked } = await completed(false);
      assert.ok(ahead > 0);
      assert.equal(asked, 0);
    });

    test('who_saves_bytes_fetches_what_was_asked_for', async () => {
      const { ahead, asked } = await completed(true);
      assert.equal(ahead, 0);
      assert.ok(asked > 0);
    });

    test('with_the_focus_comes_what_every_question_needs', async () => {
      await page.goto(`${server.address}page`);
      server.requests.length = 0;
      await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('samara-search')).focus());
      await eventually(() => blocks('f').length, 'the blocks that every question needs');
      assert.equal(blocks('').length, blocks('f').length);
    });
  });
});
