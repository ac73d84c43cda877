/** What `samara build` writes, in a real browser: the same answers as those of `samara search`. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from '../../../www/tests/browser.mjs';
import { serve } from '../../../www/tests/server.mjs';

const SEEDS = fileURLToPath(new URL('../../../seeds', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../../target/debug/samara', import.meta.url));

/** Words, prefixes, phrases, exclusions, fields, dates, misspellings and nonsense. */
const QUERIES = [
  'blinken', 'wang yi', 'xie feng', 'nine hours of meetings', 'ASEAN Jakarta', 'beijing summit talks', 'b', 'wash', 'meet',
  'blinkn', 'Wnag Yi', 'washingtn talks', '"San Francisco"', '"two days of talks"', 'summit -jakarta', '+summit biden', 'xi OR wang',
  'title:jakarta', 'source:Courier', 'date:2023-07..2023-10', 'taboola', '', '   ', '"', '-', 'a the of', 'ÄÖÜ ß', '中国', '🌱', 'x'.repeat(300),
];

/** @param {string[]} words */
const samara = (...words) => execFileSync(SAMARA, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** @param {string} bundle @param {string} query */
function fromCommand(bundle, query) {
  // Nothing found is exit code 1, and an answer all the same.
  const { stdout, stderr } = spawnSync(SAMARA, ['search', bundle, '--json', '--', query], { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  const { took, ...answer } = JSON.parse(stdout);
  assert.equal(typeof took, 'number');
  return answer;
}

describe('a bundle in chromium', () => {
  /** @type {import('../../../www/tests/browser.mjs').Browser} */
  let browser;
  /** @type {string} */
  let folder;
  /** @type {import('../../../www/tests/server.mjs').Server | undefined} */
  let server;
  before(async () => {
    browser = await launch('chromium');
    folder = mkdtempSync(join(tmpdir(), 'samara-bundle-'));
  });
  after(async () => {
    await server?.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {import('../../../www/tests/browser.mjs').Page} page */
  const answers = (page) => page.eval(async (queries) => {
    const search = await /** @type {any} */ (globalThis).samara.open();
    const all = [];
    for (const query of queries) {
      const { took, ...answer } = await search.query(query);
      all.push(answer);
    }
    return all;
  }, QUERIES);

  test('answers_as_the_command_does_under_a_sub_path', async () => {
    const site = join(folder, 'site');
    cpSync(SEEDS, join(site, 'below'), { recursive: true });
    const bundle = join(site, 'below', 'search');
    samara('build', join(site, 'below'), '-o', bundle);
    writeFileSync(join(site, 'below', 'page.html'), '<!DOCTYPE html><title>x</title><script src="search/samara.js"></script>');
    server = await serve(site);
    const page = await browser.open();
    await page.goto(`${server.address}below/page.html`);
    const found = await answers(page);
    QUERIES.forEach((query, at) => assert.deepEqual(found[at], fromCommand(bundle, query), query));
    assert.ok(found[0].total > 0);
    const asked = server.requests.filter((path) => path.includes('/search/')).map((path) => path.replace(/[0-9a-f]{16}/, 'HASH'));
    assert.deepEqual([...new Set(asked)].sort(), ['/below/search/samara.HASH.wasm', '/below/search/samara.js']);
    await page.close();
  });

  test('a_single_page_answers_from_a_disk', async () => {
    const path = join(folder, 'letters.html');
    samara('build', SEEDS, '-o', path, '--layout', 'single', '--title', 'Letters & <notes>');
    const page = await browser.open();
    await page.goto(pathToFileURL(path).href);
    assert.equal(await page.eval(() => document.title), 'Letters & <notes>');
    const found = await answers(page);
    QUERIES.forEach((query, at) => assert.deepEqual(found[at], fromCommand(path, query), query));
    assert.deepEqual((await page.asked()).filter((address) => !/^(file|blob|data):/.test(address)), []);
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  test('a_second_build_replaces_the_first_and_leaves_nothing_behind', async () => {
    const bundle = join(folder, 'again');
    samara('build', SEEDS, '-o', bundle);
    const before = readdirSync(bundle);
    samara('build', join(SEEDS, readdirSync(SEEDS).filter((name) => name.endsWith('.txt'))[0]), '-o', bundle);
    const names = readdirSync(bundle);
    assert.equal(names.length, before.length);
    assert.notDeepEqual(names, before);
    assert.deepEqual(JSON.parse(readFileSync(join(bundle, 'samara.manifest'), 'utf8')).files, names.filter((name) => name !== 'samara.manifest').sort());
    assert.match(samara('check', bundle), /1 documents/);
  });
});
