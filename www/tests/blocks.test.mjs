/** An index in blocks: a page fetches what its engine lacks, and what does not arrive whole is named while the rest stands. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { focus, until } from './searching.mjs';
import { serve } from './server.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const SEEDS = fileURLToPath(new URL('../../seeds/', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

const PAGE = html('<samara-search></samara-search>', { head: '<script src="samara.js" defer></script>' });

/** A page that exists to search, as docs/large-sites.md has it. */
const ASKING = html('', {
  head: `<link rel="preload" href="samara.root" as="fetch" crossorigin><script type="module">
    import { open } from './samara.mjs';
    globalThis.samara = { open };
  </script>`,
});

/**
 * What a query finds, or why it does not.
 * @param {import('./browser.mjs').Page} page
 * @param {string} query
 * @param {object} [options]
 * @returns {Promise<any>}
 */
function asked(page, query, options) {
  return page.eval(
    async (query, options) => {
      const scope = /** @type {any} */ (globalThis);
      scope.search ??= scope.samara.open(undefined, { stall: 500, first: query });
      try {
        const { total, hits, partial } = await (await scope.search).query(query, options);
        return { total, partial, titles: hits.map((/** @type {any} */ hit) => hit.title), text: hits[0]?.snippet.text };
      } catch (error) {
        return `${/** @type {any} */ (error).code}: ${/** @type {any} */ (error).message}`;
      }
    },
    query,
    options,
  );
}

inEachBrowser('blocks', (browser, name) => {
  /** @type {string} */
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), `samara-blocks-${name}-`));
    execFileSync(SAMARA, ['build', SEEDS, '-o', join(folder, 'bundle'), '--layout', 'split', '--quiet']);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const { server, page } = withPage(browser, {
    folder: () => join(folder, 'bundle'),
    options: { pages: { '/page': PAGE, '/asking': ASKING } },
    silent: false,
  });
  const open = () => page.goto(`${server.address}page`);

  /** @param {string} kind letter of the kind of a block */
  const path = (kind) => {
    const found = readdirSync(join(folder, 'bundle/blocks')).find((name) => name.startsWith(kind));
    assert.ok(found);
    return join(folder, 'bundle/blocks', found);
  };

  /**
   * What a page is told while a block is another one, and what it finds once that is whole again.
   * @param {string} kind
   * @param {(path: string) => void} spoil
   */
  async function spoilt(kind, spoil) {
    const block = path(kind);
    const whole = readFileSync(block);
    await open();
    try {
      spoil(block);
      const told = await asked(page, 'beijing');
      assert.match(String(told), new RegExp(`${kind}\\d+-[0-9a-f]{8}`));
      writeFileSync(block, whole);
      const { total } = await asked(page, 'beijing');
      assert.ok(total > 0);
      return String(told);
    } finally {
      writeFileSync(block, whole);
    }
  }

  test('answers_come_from_blocks', async () => {
    await open();
    const answer = await asked(page, 'beijing');
    assert.ok(answer.total > 0 && answer.text.length > 20, JSON.stringify(answer));
    assert.equal((await asked(page, 'bejing')).total, answer.total);
    assert.equal((await asked(page, 'xqzvwk')).total, 0);
  });

  test('the_blocks_of_a_first_question_arrive_beside_the_engine_and_once', async () => {
    const ofTerms = () => server.requests.filter((path) => path.startsWith('/blocks/t'));
    Object.assign(server.options, { fault: 'stall', faulty: '.wasm' });
    await open();
    const answer = asked(page, 'beijing');
    await eventually(() => ofTerms().length, 'a block of terms is asked for while the engine stalls');
    assert.match(String(await answer), /timeout/);

    server.options.fault = 'ok';
    server.requests.length = 0;
    await open();
    assert.ok((await asked(page, 'beijing')).total);
    const blocks = server.requests.filter((path) => path.startsWith('/blocks/'));
    assert.equal(new Set(blocks).size, blocks.length, blocks.join(' '));
  });

  test('a_page_that_exists_to_search_fetches_the_root_beside_its_script_and_once', async () => {
    server.requests.length = 0;
    await page.goto(`${server.address}asking`);
    await eventually(() => page.eval(() => 'samara' in globalThis), 'the module is there');
    assert.ok((await asked(page, 'beijing')).total);
    const roots = server.requests.filter((path) => path.endsWith('/samara.root'));
    // WebKit looks up anew, for the script, what its host wants to be looked up anew.
    if (name !== 'webkit') assert.equal(roots.length, 1);
    assert.ok(server.requests.indexOf(roots[0]) < server.requests.findIndex((path) => path.endsWith('.wasm')));
  });

  test('first_hits_come_before_their_passages', async () => {
    await open();
    const first = await asked(page, 'beijing', { partial: true });
    const all = await asked(page, 'beijing');
    assert.equal(first.partial, true);
    assert.deepEqual(first.titles, all.titles);
    assert.ok(!first.text && all.text);
  });

  test('the_list_is_shown_before_its_passages', async () => {
    Object.assign(server.options, { fault: 'stall', faulty: '/blocks/d' });
    await open();
    await focus(page);
    await page.type('beijing');
    const { options } = await until(page, ({ expanded }) => expanded);
    assert.ok(options.length > 0);
    server.options.fault = 'ok';
    server.drop();
  });

  test('first_hits_do_not_wait_for_the_second_half_of_the_engine', async () => {
    Object.assign(server.options, { fault: 'stall', faulty: '/blocks/e' });
    await open();
    const first = await asked(page, 'beijing', { partial: true });
    assert.ok(first.partial && first.total > 0, JSON.stringify(first));
    assert.match(String(await asked(page, 'beijing')), /^timeout: .*blocks\/e0-/);
    server.options.fault = 'ok';
    const all = await asked(page, 'beijing');
    assert.deepEqual(all.titles, first.titles);
    assert.ok(all.text);
  });

  test('the_next_word_is_suggested_from_texts_that_are_there', async () => {
    const [site, bundle] = ['words', 'of-words'].map((name) => join(folder, name));
    mkdirSync(site);
    for (let number = 0; number < 9; number++) {
      const text = number < 4 ? 'Error handling is handling of an error.' : `Page ${number} has nothing of it.`;
      writeFileSync(join(site, `${number}.html`), html(`<p>${text}</p>`, { title: `Page ${number}` }));
    }
    execFileSync(SAMARA, ['build', site, '-o', bundle, '--layout', 'split', '--quiet']);
    const server = await serve(bundle, { pages: { '/page': PAGE } });
    try {
      await page.goto(`${server.address}page`);
      const suggested = () =>
        page.eval(async () => {
          const scope = /** @type {any} */ (globalThis);
          scope.search ??= scope.samara.open();
          const suggestions = await (await scope.search).suggest('error ', { limit: 9 });
          return suggestions.map((/** @type {any} */ { text }) => text);
        });
      const texts = () => server.requests.filter((path) => path.startsWith('/blocks/d')).length;
      assert.deepEqual(await suggested(), []);
      assert.equal(texts(), 0);
      assert.match((await asked(page, 'error ')).text, /handling/);
      const fetched = server.requests.length;
      assert.ok(texts() > 0);
      assert.deepEqual(await suggested(), ['error handling']);
      assert.equal(server.requests.length, fetched);
    } finally {
      await server.close();
    }
  });

  test('a_second_half_of_another_version_is_refused_and_the_list_stands', async () => {
    const bundle = join(folder, 'bundle');
    const [module] = readdirSync(bundle).filter((name) => name.endsWith('.wasm'));
    const [build] = WebAssembly.Module.customSections(
      new WebAssembly.Module(readFileSync(join(bundle, module))),
      'samara-build',
    );
    const number = new TextDecoder().decode(build);
    // The page is of a version before; what was deployed since has a name of its own.
    const files = readdirSync(bundle).filter((name) => /wasm$|js$/.test(name));
    const whole = files.map((name) => readFileSync(join(bundle, name), 'latin1'));
    try {
      for (const [place, name] of files.entries()) {
        writeFileSync(
          join(bundle, name),
          whole[place].replaceAll(number, 'before-this-1'.slice(0, number.length)),
          'latin1',
        );
      }
      await open();
      const { total, titles, partial, text } = await asked(page, 'beijing');
      assert.ok(total > 0 && titles[0] && !partial && !text);
      // What cannot be found without it is an error.
      assert.match(String(await asked(page, '"xi jinping"')), /^build-mismatch: .*reload/);
    } finally {
      for (const [place, name] of files.entries()) writeFileSync(join(bundle, name), whole[place], 'latin1');
    }
  });

  for (const kind of ['t', 'c', 'd', 'x', 'e']) {
    test(`a_missing_block_is_named_${kind}`, async () => {
      assert.match(await spoilt(kind, unlinkSync), /^missing-file: /);
    });

    test(`a_block_that_was_cut_is_named_${kind}`, async () => {
      const told = await spoilt(kind, (block) => writeFileSync(block, readFileSync(block).subarray(0, 40)));
      assert.match(told, /^(unreachable|damaged-index): /);
    });
  }

  /** @type {[import('./server.mjs').Fault, RegExp][]} */
  const faults = [
    ['broken', /^missing-file: .*blocks\/.* \(status 500\)/],
    ['page', /^unreachable: .*blocks\//],
    ['stall', /^timeout: .*blocks\/.* no byte for 0\.5 seconds/],
    ['gone', /^unreachable: .*blocks\//],
  ];
  for (const [fault, expected] of faults) {
    test(`a_host_whose_blocks_are_${fault}_is_told_and_asked_again_later`, async () => {
      await open();
      Object.assign(server.options, { fault, faulty: '/blocks/' });
      assert.match(String(await asked(page, 'beijing')), expected);
      server.options.fault = 'ok';
      server.drop();
      const answer = await asked(page, 'beijing');
      const { total } = answer;
      assert.ok(total > 0, String(answer));
      // What has arrived answers, whatever becomes of the host.
      server.options.fault = fault;
      assert.equal((await asked(page, 'beijing')).total, total);
    });
  }

  test('a_page_searches_what_was_deployed_while_it_was_open', async () => {
    const bundle = join(folder, 'bundle');
    const before = join(folder, 'before');
    await open();
    assert.ok((await asked(page, 'beijing')).total > 0);
    const notes = join(folder, 'notes');
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, 'note.txt'), 'Verbena flowers from June until the first frost, in beds and in pots.');
    renameSync(bundle, before);
    try {
      // As by a host that takes what is new and drops what was there.
      execFileSync(SAMARA, ['build', notes, '-o', bundle, '--layout', 'split', '--quiet']);
      const { total, titles } = await asked(page, 'verbena');
      assert.deepEqual([total, titles], [1, ['note']]);
      assert.equal((await asked(page, 'beijing')).total, 0);
      assert.equal(server.requests.filter((path) => path.endsWith('/samara.root')).length, 2);
    } finally {
      rmSync(bundle, { recursive: true, force: true });
      renameSync(before, bundle);
    }
  });

  test('without_a_network_the_offline_worker_answers_from_the_blocks_that_were_fetched', async () => {
    const site = join(folder, 'site');
    mkdirSync(site, { recursive: true });
    writeFileSync(join(site, 'index.html'), PAGE);
    const bundle = join(folder, 'bundle');
    const build = ['build', SEEDS, '-o', bundle, '--layout', 'split', '--quiet'];
    execFileSync(SAMARA, [...build, '--service-worker']);
    await open();
    await page.eval(async () => {
      const scope = /** @type {any} */ (globalThis);
      const worker = await navigator.serviceWorker.register('samara-worker.js');
      await navigator.serviceWorker.ready;
      return scope && Boolean(worker);
    });
    await open();
    const whole = await asked(page, 'beijing');
    assert.ok(whole.total > 0);
    Object.assign(server.options, { fault: 'gone', faulty: '/' });
    // The page itself is none of the kept files here: a new search in the page that is open.
    await page.eval(() => {
      delete (/** @type {any} */ (globalThis).search);
    });
    assert.deepEqual(await asked(page, 'beijing'), whole);
    assert.match(String(await asked(page, 'moscow kyiv')), /^(unreachable|missing-file): /);
    assert.deepEqual(await asked(page, 'beijing'), whole);
    server.options.fault = 'ok';
    await page.eval(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
    execFileSync(SAMARA, build);
  });

  for (const kind of ['d', 'x', 'e']) {
    test(`a_block_of_another_build_is_named_${kind}`, async () => {
      const told = await spoilt(kind, (block) => writeFileSync(block, readFileSync(path('c'))));
      assert.match(told, new RegExp(`^damaged-index: .*\\b${kind}\\d+-`));
    });
  }

  test('what_was_unpacked_with_a_wrong_dictionary_is_unpacked_anew', async () => {
    const [block, whole] = [path('x'), readFileSync(path('x'))];
    writeFileSync(block, readFileSync(path('c')));
    try {
      await open();
      assert.match(String(await asked(page, 'beijing')), /^damaged-index: /);
    } finally {
      writeFileSync(block, whole);
    }
    assert.ok((await asked(page, 'beijing')).text);
  });
});
