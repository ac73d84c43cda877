/** What `samara build` writes, in a real browser: the same answers as those of `samara search`, whatever became of earlier builds. */

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from '../../../www/tests/browser.mjs';
import { until } from '../../../www/tests/searching.mjs';
import { serve } from '../../../www/tests/server.mjs';
import { eventually } from '../../../www/tests/waiting.mjs';

const SEEDS = fileURLToPath(new URL('../../../seeds', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../../target/debug/samara', import.meta.url));

/** Words, prefixes, phrases, exclusions, fields, dates, misspellings and nonsense. */
const QUERIES = [
  'blinken', 'wang yi', 'xie feng', 'nine hours of meetings', 'ASEAN Jakarta', 'beijing summit talks', 'b', 'wash', 'meet',
  'blinkn', 'Wnag Yi', 'washingtn talks', '"San Francisco"', '"two days of talks"', 'summit -jakarta', '+summit biden', 'xi OR wang',
  'title:jakarta', 'source:Courier', 'date:2023-07..2023-10', 'taboola', '', '   ', '"', '-', 'a the of', 'ÄÖÜ ß', '中国', '🌱', 'x'.repeat(300),
];

// And every ninth word of the corpus as it stands, cut short, and with two letters swapped.
const words = readdirSync(SEEDS).flatMap((name) => readFileSync(join(SEEDS, name), 'utf8').split(/\s+/)).filter((_, at) => at % 9 === 0);
for (const word of new Set(words)) QUERIES.push(word, `${word.slice(0, 3)}`, `${word[1] ?? ''}${word[0]}${word.slice(2)} talks`);

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
  /** @type {import('../../../www/tests/server.mjs').Server[]} */
  const servers = [];
  /** @param {string} folder @param {import('../../../www/tests/server.mjs').Options} [options] */
  async function served(folder, options) {
    const server = await serve(folder, options);
    servers.push(server);
    return server;
  }
  before(async () => {
    browser = await launch('chromium');
    folder = mkdtempSync(join(tmpdir(), 'samara-bundle-'));
  });
  after(async () => {
    for (const server of servers) await server.close();
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
    const server = await served(site);
    const page = await browser.open();
    await page.goto(`${server.address}below/page.html`);
    const found = await answers(page);
    QUERIES.forEach((query, at) => assert.deepEqual(found[at], fromCommand(bundle, query), query));
    assert.ok(found[0].total > 0);
    const asked = server.requests.filter((path) => path.includes('/search/')).map((path) => path.replace(/[0-9a-f]{16}/, 'HASH'));
    assert.deepEqual([...new Set(asked)].sort(), ['/below/search/samara.HASH.search.js', '/below/search/samara.HASH.wasm', '/below/search/samara.js']);
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
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(bundle, 'samara.manifest'), 'utf8')).files), names.filter((name) => name !== 'samara.manifest').sort());
    assert.match(samara('check', bundle), /whole, 1 document\n/);
  });

  /** A site of one page that says which build it is, with its bundle; the page below searches. @param {string} name */
  function siteOf(name) {
    const site = join(folder, name);
    mkdirSync(join(site, 'notes', 'deep'), { recursive: true });
    writeFileSync(join(site, 'notes', 'deep', 'page.html'),
      '<!DOCTYPE html><html lang="en"><title>Searching</title><meta name="robots" content="noindex"><samara-search offline="../"></samara-search><script src="../search/samara.js"></script></html>');
    return site;
  }

  /** @param {string} site @param {string} word */
  function writeNote(site, word) {
    writeFileSync(join(site, 'notes', 'first.txt'), `First note\n\nThis note of the garden says ${word} and nothing else of interest.\n`);
  }

  /** @param {string} site @param {string[]} flags */
  const build = (site, ...flags) => ['build', join(site, 'notes'), '-o', join(site, 'notes', 'search'), '-q', ...flags];

  test('hits_lead_to_the_root_of_the_site_from_any_depth', async () => {
    const site = siteOf('links');
    writeNote(site, 'lemonbalm');
    samara(...build(site));
    const server = await served(site);
    const page = await browser.open();
    await page.goto(`${server.address}notes/deep/page.html`);
    await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('samara-search')).focus());
    await page.type('lemonbalm');
    const { options } = await until(page, (state) => state.options.length === 1);
    assert.equal(options[0].href.split('#')[0], `${server.address}notes/first.txt`);
    await page.close();
  });

  test('a_script_out_of_a_cache_finds_the_module_of_today', async () => {
    const site = siteOf('cached');
    writeNote(site, 'peppermint');
    samara(...build(site));
    const old = readFileSync(join(site, 'notes', 'search', 'samara.js'), 'utf8');
    writeNote(site, 'chamomile');
    samara(...build(site));
    // The script that a cache would hold, under an address of its own.
    const server = await served(site, { pages: {
      '/notes/search/old.js': old,
      '/notes/old.html': '<!DOCTYPE html><html lang="en"><title>Old</title><script src="search/old.js"></script></html>',
    } });
    const page = await browser.open();
    await page.goto(`${server.address}notes/old.html`);
    const total = await page.eval(async () => (await (await /** @type {any} */ (globalThis).samara.open()).query('chamomile')).total);
    assert.equal(total, 1);
    const missing = /samara\.([0-9a-f]{16})\.wasm/.exec(old)?.[0] ?? '';
    assert.ok(server.requests.some((path) => path.endsWith(missing)));
    assert.equal(server.requests.filter((path) => path.endsWith('/samara.js')).length, 1);
    await page.close();
  });

  test('the_offline_worker_answers_without_a_network_and_leaves_when_it_is_not_wanted', async () => {
    const site = siteOf('offline');
    writeNote(site, 'verbena');
    writeFileSync(join(site, 'samara.toml'), "offline = ['deep/page.html']\n");
    samara(...build(site, '--config', join(site, 'samara.toml'), '--service-worker'));
    const server = await served(site);
    const address = `${server.address}notes/deep/page.html`;
    const page = await browser.open();
    await page.goto(address);
    // The bundle and the page are kept once the worker is ready.
    await page.eval(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.goto(address);
    const asked = server.requests.length;
    server.options.fault = 'missing';
    await page.eval(() => /** @type {HTMLElement} */ (document.querySelector('samara-search')).focus());
    await page.type('verbena');
    await until(page, (state) => state.options.length === 1);
    assert.deepEqual(server.requests.slice(asked).filter((path) => !path.endsWith('samara-worker.js')), []);

    server.options.fault = 'ok';
    samara(...build(site));
    await page.eval(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
      while (await navigator.serviceWorker.getRegistration()) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    assert.deepEqual(await page.eval(() => caches.keys()), []);
    await page.close();
  });

  test('a_served_page_reloads_when_a_document_changes', async () => {
    const site = siteOf('serving');
    writeNote(site, 'nasturtium');
    const child = spawn(SAMARA, ['serve', join(site, 'notes'), '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      const address = await new Promise((resolve, reject) => {
        let said = '';
        child.stderr.on('data', (text) => {
          said += text;
          const [address] = /http:[/][/][\d.]+:\d+[/]/.exec(said) ?? [];
          if (address) resolve(address);
        });
        child.once('exit', () => reject(new Error(said)));
      });
      const page = await browser.open();
      await page.goto(address);
      await page.eval(() => Object.assign(globalThis, { before: true }));
      writeNote(site, 'marigold');
      // A change may be seen in two steps, and the page reload twice, also while it is asked.
      await eventually(() => page.eval(async () => !('before' in globalThis)
        && (await (await /** @type {any} */ (globalThis).samara.open()).query('marigold')).total === 1).catch(() => false));
      await page.close();
    } finally {
      child.kill();
    }
  });

  test('a_bundle_works_after_builds_that_were_killed', async () => {
    const site = siteOf('killed');
    writeNote(site, 'zebra0');
    const start = Date.now();
    samara(...build(site));
    const whole = Date.now() - start;
    const server = await served(site);
    let last = 0;
    for (let number = 1; number <= 25; number++) {
      writeNote(site, `zebra${number}`);
      const child = spawn(SAMARA, build(site), { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * whole * 1.2));
      child.kill('SIGKILL');
      await ended;
      const page = await browser.open();
      await page.goto(`${server.address}notes/deep/page.html`);
      const found = await page.eval(async (words) => {
        const search = await /** @type {any} */ (globalThis).samara.open();
        const totals = [];
        for (const word of words) totals.push((await search.query(`+${word}`, { correct: false })).total);
        return totals;
      }, [`zebra${number}`, `zebra${last}`]);
      assert.ok(found[0] + found[1] === 1, `build ${number} after build ${last}: ${found}`);
      if (found[0]) last = number;
      await page.close();
    }
  });
});
