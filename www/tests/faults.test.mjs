/** What goes wrong between host, browser and engine: each fault has its code, and what can be mended mends itself. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import binaryen from 'binaryen';
import { click, focus, SITE, search, stateOf, until } from './searching.mjs';
import { STRICT_POLICY } from './server.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

/** Counts the workers that it starts. */
const WATCHED = html('<samara-search></samara-search>', {
  head: '<script>workers = []; Worker = class extends Worker { constructor(...given) { super(...given); workers.push(this); } }</script><script src="samara.js" defer></script>',
});

/**
 * What `samara.open` makes of a source.
 * @param {import('./browser.mjs').Page} page
 * @param {string} [source]
 * @param {import('../src/api/search.js').OpenOptions} [options]
 */
function opened(page, source, options) {
  return page.eval(
    (source, options) =>
      /** @type {any} */ (window).samara.open(source, options).then(
        (/** @type {any} */ search) =>
          search
            .query('beijing')
            .then((/** @type {any} */ answer) => (answer.total > 0 ? 'found' : 'nothing'))
            .finally(() => search.close()),
        (/** @type {any} */ error) => `${error.code}: ${error.message}`,
      ),
    source,
    options,
  );
}

inEachBrowser('faults', (browser, _name) => {
  const { server, page } = withPage(browser, { options: { pages: { '/watched': WATCHED } } });

  /** @type {[import('./server.mjs').Fault, RegExp][]} */
  const faults = [
    ['wrong-type', /^found$/],
    ['missing', /^missing-file: .*status 404/],
    ['page', /^wrong-type: .*samara\.wasm is a web page/],
    ['damaged', /^damaged-module: /],
    ['cut', /^unreachable: /],
    ['stall', /^timeout: .*0\.5 seconds/],
    ['other-build', /^build-mismatch: .*Deploy samara\.js and samara\.wasm of one build/],
  ];
  for (const [fault, expected] of faults) {
    for (const worker of [true, false]) {
      test(`a_module_that_is_${fault}_is_told_${worker ? 'from_a_worker' : 'from_the_page'}`, async () => {
        server.options.fault = fault;
        await page.goto(`${server.address}watched`);
        // Only where nothing comes is the wait short: a busy machine may be slow to answer.
        assert.match(await opened(page, undefined, { worker, ...(fault === 'stall' && { stall: 500 }) }), expected);
      });
    }
  }

  test('a_module_of_another_build_in_the_cache_is_fetched_anew', async () => {
    server.options.fault = 'other-build';
    await page.goto(`${server.address}watched`);
    await page.eval(() => /** @type {any} */ (window).samara.open().catch(() => {}));
    assert.equal(server.requests.filter((path) => path === '/samara.wasm').length, 2);
  });

  test('without_the_script_of_what_some_searches_need_hits_are_shown_and_faults_have_their_code', async () => {
    server.options.aliases = { '/samara.extras.js': '/nowhere.js' };
    try {
      server.options.fault = 'ok';
      await page.goto(`${server.address}watched`);
      await focus(page);
      await page.type('beijing');
      assert.match((await until(page, ({ options }) => options.length > 0)).options[0].text, /Beijing/);
      const asked = () => server.requests.filter((path) => path === '/samara.extras.js').length;
      await eventually(asked, 'the script is asked for');
      await page.type(' xi');
      await until(page, ({ options, value }) => value === 'beijing xi' && options.length > 0);
      assert.equal(asked(), 1, 'each key asks again');
      server.options.fault = 'missing';
      await page.goto(`${server.address}watched`);
      assert.match(await opened(page), /^missing-file: missing-file: .*samara\.wasm 404/);
    } finally {
      server.options.aliases = {};
    }
  });

  test('an_error_can_be_retried', async () => {
    server.options.fault = 'missing';
    await page.goto(`${server.address}watched`);
    await focus(page);
    await page.type('beijing');
    const failed = await until(page, ({ message }) => /Try again/.test(message));
    assert.match(failed.message, /not available/);
    assert.match(failed.message, /404/);
    server.options.fault = 'ok';
    await page.eval(() =>
      /** @type {any} */ (document.querySelector('samara-search')).shadowRoot.querySelector('[part=retry]').click(),
    );
    const mended = await until(page, ({ options }) => options.length > 0);
    assert.ok(mended.focused);
  });

  test('without_the_script_that_searches_the_box_says_so_in_its_language_and_tries_again', async () => {
    Object.assign(server.options, { fault: 'missing', faulty: '/samara.search.js' });
    server.options.pages = { '/de': html('<samara-search></samara-search><p>text</p>', { lang: 'de' }) };
    await page.goto(`${server.address}de`);
    const asked = () => server.requests.filter((path) => path === '/samara.search.js').length;
    const shown = () =>
      page.eval(() => {
        const root = /** @type {any} */ (document.querySelector('samara-search')).shadowRoot;
        const message = root.querySelector('[part=message]');
        const { left, bottom } = root.querySelector('[part=field]').getBoundingClientRect();
        const inner = message?.querySelector('p').getBoundingClientRect();
        return {
          visible: Boolean(message?.checkVisibility()),
          inset: inner && [inner.left - left, inner.top - bottom],
          text: document.querySelector('p')?.getBoundingClientRect().top,
        };
      });
    const before = await shown();
    // Who only looks into the box is not told.
    await focus(page);
    await eventually(asked, 'the script is asked for');
    await page.eval(() => new Promise((resolve) => setTimeout(resolve, 100)));
    assert.ok(!(await shown()).visible);

    await page.type('beijing');
    const failed = await until(page, ({ message }) => Boolean(message));
    assert.equal(failed.message.replaceAll(/\s+/g, ' '), 'Die Suche ist gerade nicht verfügbar. ↻ Suchen');
    assert.equal(asked(), 1, 'each key asks again');
    const { text, inset } = await shown();
    assert.equal(text, before.text, 'the message pushes the page down');
    assert.ok(
      inset?.every((/** @type {number} */ pixels) => pixels > 8),
      `the text stands off its edges by ${inset}`,
    );
    await page.clickAt(700, 500);
    assert.ok(!(await shown()).visible, 'it stays over the page');
    await focus(page);
    assert.ok((await shown()).visible, 'it is not shown again');
    // Whatever the browser itself makes of the key in a search box.
    await page.eval(() =>
      /** @type {any} */ (document.querySelector('samara-search')).shadowRoot
        .querySelector('input')
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })),
    );
    assert.ok(!(await shown()).visible, 'Escape does not close it');
    await page.clickAt(200, 30);
    await page.press('ArrowDown');
    await until(page, ({ message }) => Boolean(message));

    await click(page, '[part=retry]');
    await eventually(() => asked() === 2, 'the script is asked for again');
    await until(page, ({ message }) => Boolean(message));
    server.options.fault = 'ok';
    await click(page, '[part=retry]');
    const mended = await until(page, ({ options }) => options.length > 0);
    assert.ok(mended.focused);
  });

  test('after_a_pause_a_key_asks_again_for_the_script_that_searches', async () => {
    Object.assign(server.options, { fault: 'missing', faulty: '/samara.search.js' });
    await page.goto(`${server.address}watched`);
    await focus(page);
    await page.type('beij');
    await until(page, ({ message }) => Boolean(message));
    server.options.fault = 'ok';
    await page.eval(() => {
      const now = Date.now;
      Date.now = () => now() + 60000;
    });
    await page.type('ing');
    assert.match((await until(page, ({ options }) => options.length > 0)).options[0].text, /Beijing/);
  });

  test('without_permission_for_wasm_the_error_names_the_policy', async () => {
    server.options.policy = STRICT_POLICY.replace(" 'wasm-unsafe-eval'", '');
    await page.goto(server.address);
    assert.match(await opened(page), /^blocked-by-policy: .*'wasm-unsafe-eval'/);
  });

  test('without_permission_to_fetch_the_error_names_the_policy', async () => {
    server.options.policy = STRICT_POLICY.replace("connect-src 'self'", "connect-src 'none'");
    await page.goto(server.address);
    assert.match(await opened(page), /^blocked-by-policy: .*connect-src/);
  });

  test('without_permission_for_workers_the_page_searches_itself', async () => {
    server.options.policy = STRICT_POLICY.replace("worker-src 'self'", "worker-src 'none'");
    await page.goto(server.address);
    assert.equal(await opened(page), 'found');
  });

  test('a_bundle_on_another_origin_searches', async () => {
    server.options.origin = '*';
    server.options.pages = {
      '/elsewhere': `<!DOCTYPE html><title>test</title><script src="${server.otherAddress}samara.js"></script><samara-search></samara-search>`,
    };
    await page.goto(`${server.address}elsewhere`);
    assert.equal(await opened(page), 'found');
  });

  test('a_bundle_behind_a_base_and_in_a_folder_searches', async () => {
    server.options.pages = {
      '/a/b/':
        '<!DOCTYPE html><base href="/nowhere/"><title>test</title><script src="../samara.js"></script><samara-search></samara-search>',
    };
    await page.goto(`${server.address}a/b/`);
    assert.equal(await opened(page), 'found');
  });

  test('file_names_may_have_any_letter_case', async () => {
    server.options.aliases = {
      '/Search/SAMARA.JS': '/samara.js',
      '/Search/samara.search.js': '/samara.search.js',
      '/Search/samara.extras.js': '/samara.extras.js',
      '/Search/Index.WASM': '/samara.wasm',
    };
    server.options.pages = {
      '/Search/':
        '<!DOCTYPE html><title>test</title><script src="SAMARA.JS"></script><samara-search src="Index.WASM"></samara-search>',
    };
    await page.goto(`${server.address}Search/`);
    assert.equal(await opened(page, 'Index.WASM'), 'found');
    assert.ok((await search(page, 'beijing')).options.length > 1);
  });

  test('a_killed_worker_is_replaced', async () => {
    await page.goto(`${server.address}watched`);
    const totals = await page.eval(async () => {
      const { samara, workers } = /** @type {any} */ (window);
      // As short as a busy machine allows, which must not be taken for a worker that was killed.
      const search = await samara.open(undefined, { patience: 3000 });
      const before = await search.query('beijing');
      workers.at(-1).terminate();
      const after = await search.query('beijing');
      return [before.total, after.total, workers.length];
    });
    assert.ok(totals[0] > 0);
    assert.equal(totals[1], totals[0]);
    assert.equal(totals[2], 2);
  });

  test('a_trap_ends_one_query_and_not_the_next', async () => {
    await page.goto(`${server.address}watched`);
    const codes = await page.eval(
      async (base64) => {
        const { samara, workers } = /** @type {any} */ (window);
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const search = await samara.open(bytes);
        const codes = [];
        for (let i = 0; i < 2; i++)
          codes.push(await search.query('beijing').catch((/** @type {any} */ error) => error.code));
        return [...codes, await search.info().then(() => 'alive'), workers.length];
      },
      await trappingModule(),
    );
    assert.deepEqual(codes, ['crashed', 'crashed', 'alive', 3]);
  });

  for (const [lacking, expected] of /** @type {[number, RegExp][]} */ ([
    [1, /^found$/],
    [9, /^crashed: .*Out of memory.*fresh one/],
  ])) {
    test(`memory_that_lacks_${lacking}_times_is_no_fault_of_the_module`, async () => {
      await page.goto(`${server.address}watched`);
      await page.eval((lacking) => {
        const { instantiate } = WebAssembly;
        /** @param {any[]} given */
        const limited = (...given) =>
          lacking-- > 0 ? Promise.reject(new RangeError('Out of memory')) : /** @type {any} */ (instantiate)(...given);
        WebAssembly.instantiate = /** @type {any} */ (limited);
      }, lacking);
      assert.match(await opened(page, undefined, { worker: false }), expected);
    });
  }

  test('two_indexes_may_be_open_on_one_thread_and_one_may_crash', async () => {
    await page.goto(`${server.address}watched`);
    const told = await page.eval(
      async (base64) => {
        const { samara, workers } = /** @type {any} */ (window);
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const worker = false;
        const [whole, trapping] = [await samara.open(undefined, { worker }), await samara.open(bytes, { worker })];
        const code = await trapping.query('beijing').catch((/** @type {any} */ error) => error.code);
        return [
          code,
          await trapping.info().then(() => 'alive'),
          (await whole.query('beijing')).total > 0,
          workers.length,
        ];
      },
      await trappingModule(),
    );
    assert.deepEqual(told, ['crashed', 'alive', true, 0]);
  });

  test('a_closed_search_says_so', async () => {
    await page.goto(`${server.address}watched`);
    const codes = await page.eval(async () => {
      const search = await /** @type {any} */ (window).samara.open();
      const under = search.query('beijing').catch((/** @type {any} */ error) => error.code);
      search.close();
      return [await under, await search.query('x').catch((/** @type {any} */ error) => error.code)];
    });
    assert.deepEqual(codes, ['closed', 'closed']);
  });

  test('an_aborted_query_is_rejected_with_the_reason', async () => {
    await page.goto(`${server.address}watched`);
    const reasons = await page.eval(async () => {
      const search = await /** @type {any} */ (window).samara.open();
      const control = new AbortController();
      const under = search.query('beijing', { signal: control.signal });
      control.abort('enough');
      return [await under.catch((/** @type {any} */ reason) => reason), (await search.query('beijing')).total > 0];
    });
    assert.deepEqual(reasons, ['enough', true]);
  });

  test('stale_answers_are_dropped', async () => {
    await page.goto(`${server.address}watched`);
    await search(page, 'beijing');
    const shown = await page.eval(async () => {
      const element = /** @type {any} */ (document.querySelector('samara-search'));
      /** @type {string[]} */
      const answered = [];
      element.addEventListener('samara-search', (/** @type {any} */ event) => answered.push(event.detail.query));
      const last = new Promise((resolve) =>
        element.addEventListener(
          'samara-search',
          (/** @type {any} */ { detail }) => detail.query === 'jakarta' && resolve(detail),
        ),
      );
      for (const text of ['xi', 'xie', 'xie feng', 'jakarta']) element.value = text;
      await last;
      // An answer that was still to come after the last question would come now.
      await new Promise((resolve) => setTimeout(resolve, 100));
      return answered;
    });
    assert.deepEqual(shown, ['jakarta']);
  });

  test('arrow_keys_count_that_were_pressed_while_it_loads', async () => {
    await page.goto(`${server.address}watched`);
    await page.eval(() => {
      const element = /** @type {any} */ (document.querySelector('samara-search'));
      element.focus();
      element.value = 'beijing';
      const input = element.shadowRoot.querySelector('input');
      for (let i = 0; i < 2; i++)
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    });
    const state = await until(page, ({ options }) => options.length > 1);
    assert.equal(state.active, 1);
  });

  test('several_elements_share_one_worker_and_may_come_and_go', async () => {
    server.options.pages = {
      '/several': WATCHED.replace(
        '<samara-search></samara-search>',
        '<samara-search id="a"></samara-search><samara-search id="b"></samara-search>',
      ),
    };
    await page.goto(`${server.address}several`);
    await page.eval(() => {
      for (const element of /** @type {any} */ (document.querySelectorAll('samara-search')))
        element.value = element.id === 'a' ? 'newsom' : 'jakarta';
    });
    assert.match((await until(page, ({ options }) => options.length > 0, '#a')).options[0].text, /Newsom/);
    assert.match((await until(page, ({ options }) => options.length > 0, '#b')).options[0].text, /Jakarta/);
    assert.equal(await page.eval(() => /** @type {any} */ (window).workers.length), 1);
    await page.eval(() => {
      const moved = /** @type {any} */ (document.querySelector('#a'));
      document.body.append(moved);
      document.querySelector('#b')?.remove();
      moved.value = 'jakarta';
    });
    assert.match(
      (await until(page, ({ options }) => /Jakarta/.test(options[0]?.text ?? ''), '#a')).options[0].text,
      /Jakarta/,
    );
    assert.equal(await page.eval(() => /** @type {any} */ (window).workers.length), 1);
  });

  test('the_script_may_be_loaded_twice', async () => {
    server.options.pages = {
      '/twice': WATCHED.replace('<script src', '<script src="samara.js?again" defer></script><script src'),
    };
    await page.goto(`${server.address}twice`);
    assert.ok((await search(page, 'beijing')).options.length > 0);
    assert.deepEqual(await page.problems(), []);
  });

  test('what_is_typed_never_makes_it_fail', async () => {
    await page.goto(`${server.address}watched`);
    await search(page, 'beijing');
    for (const query of [
      '"',
      '-',
      '"""',
      '((((',
      'title:',
      'date:..',
      '\\',
      '😀',
      'a'.repeat(400),
      '-beijing',
      'OR OR',
      '%00',
      '<b>',
    ]) {
      const state = await search(page, query);
      assert.doesNotMatch(state.message, /not available/, query);
    }
    assert.deepEqual((await stateOf(page)).focused, true);
  });
});

/** The built module with an engine that traps at every query, as base64. */
async function trappingModule() {
  const module = binaryen.readBinary(await readFile(join(SITE, 'samara.wasm')));
  const exported = module.getExport('engine_query');
  const { params, results } = binaryen.getFunctionInfo(module.getFunction(binaryen.getExportInfo(exported).value));
  module.addFunction('trap', params, results, [], module.unreachable());
  module.removeExport('engine_query');
  module.addFunctionExport('trap', 'engine_query');
  return Buffer.from(module.emitBinary()).toString('base64');
}
