/** What is asked, said and told while somebody searches. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withElement } from './element.mjs';
import { click, search, stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('while somebody searches', (browser) => {
  const { server, page, show, ask, focusIn } = withElement(browser);

  /** Notes events of the page from now on. @param {string} type */
  const listen = (type) =>
    page.eval((type) => {
      const heard = /** @type {any[]} */ ([]);
      Object.assign(window, { heard });
      document.addEventListener(type, (event) =>
        heard.push(JSON.parse(JSON.stringify(/** @type {CustomEvent} */ (event).detail))),
      );
    }, type);
  const heard = () => page.eval(() => /** @type {any} */ (window).heard);

  test('nothing_is_loaded_before_the_first_intent_and_hover_counts_where_the_site_asks', async () => {
    const asked = () => server.requests.filter((path) => /search\.js|wasm/.test(path)).length;
    const opened = () =>
      page.eval(async () => {
        await /** @type {any} */ (document.querySelector('samara-search')).search;
      });
    await show('<samara-search></samara-search>');
    await page.eval(() => document.querySelector('samara-search')?.dispatchEvent(new PointerEvent('pointerenter')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(asked(), 0);
    await show('<samara-search preload="hover"></samara-search>');
    await page.eval(() => document.querySelector('samara-search')?.dispatchEvent(new PointerEvent('pointerenter')));
    await eventually(() => asked() >= 2);
    // Firefox complains of what a page that is left was loading.
    await opened();
    server.requests.length = 0;
    await show('<samara-search preload="idle"></samara-search>');
    await eventually(() => asked() >= 2);
    await opened();
  });

  test('a_settled_event_comes_once_a_search', async () => {
    await show('<samara-search></samara-search>');
    await listen('samara-settled');
    await focusIn('samara-search');
    await page.type('blinkn');
    await eventually(async () => (await heard()).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const [settled, ...more] = await heard();
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(settled).sort(), ['corrected', 'ms', 'query', 'total']);
    assert.deepEqual(
      [settled.query, settled.corrected.to, settled.total > 0, typeof settled.ms],
      ['blinkn', 'blinken', true, 'number'],
    );
  });

  test('a_selection_says_where_it_leads', async () => {
    await show('<samara-search mode="page" highlight="words" base="/docs/"></samara-search>');
    await page.eval(() => document.addEventListener('samara-select', (event) => event.preventDefault()));
    await listen('samara-select');
    await search(page, 'beijing');
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    await page.press('Enter');
    const [{ hit, query, url, index }] = await eventually(async () => (await heard()).length && heard());
    assert.deepEqual([query, index, url], ['beijing', 1, new URL(hit.url, `${server.address}docs/`).href]);
  });

  test('looks_and_names_ask_nothing_anew_and_what_is_asked_does', async () => {
    await show('<samara-search mode="page"></samara-search>');
    await search(page, 'beijing');
    await listen('samara-search');
    await ask(
      "(element.theme = 'dark', element.placeholder = 'Find', element.label = 'Find it', element.highlight = '')",
    );
    await ask("element.lang = 'de'");
    await until(page, ({ count }) => /Treffer/.test(count));
    assert.deepEqual(await heard(), []);
    await ask('element.limit = 1');
    await eventually(async () => (await heard()).length === 1);
    assert.equal((await stateOf(page)).value, 'beijing');
  });

  test('the_language_of_the_page_may_change', async () => {
    await show('<samara-search mode="page"></samara-search>');
    await search(page, 'beijing');
    await page.eval(() => {
      document.documentElement.lang = 'fr';
    });
    await until(page, ({ count }) => /résultats/.test(count));
    assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), 'Rechercher');
  });

  test('partial_texts_keep_their_language_for_the_rest', async () => {
    await show('<samara-search mode="page" lang="de"></samara-search>');
    await ask(
      "(element.constructor.texts.de = { search: 'Finden', more: 'Noch mehr' }, element.limit = 1, element.lang = 'de-DE')",
    );
    await search(page, 'beijing');
    await until(page, ({ count }) => /Treffer/.test(count));
    assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), 'Finden');
    assert.equal((await stateOf(page)).more, 'Noch mehr');
  });

  test('a_language_file_that_failed_is_asked_for_again', async () => {
    await show('<samara-search mode="page" lang="de"></samara-search>');
    await page.eval(() => {
      const { fetch } = window;
      window.fetch = (...given) => {
        if (!String(given[0]).includes('languages')) return fetch(...given);
        window.fetch = fetch;
        return Promise.reject(new TypeError('lost'));
      };
    });
    await search(page, 'beijing');
    assert.match((await stateOf(page)).count, /result/);
    await ask("element.placeholder = 'x'");
    await until(page, ({ count }) => /Treffer/.test(count));
  });

  test('screen_readers_are_told_when_it_rests', async () => {
    await show('<samara-search></samara-search>');
    await search(page, 'x');
    await page.eval(() => {
      const said = /** @type {string[]} */ ([]);
      const status = /** @type {Element} */ (
        document.querySelector('samara-search')?.shadowRoot?.querySelector('[role=status]')
      );
      Object.assign(window, { said });
      new MutationObserver(() => status.textContent && said.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await ask("element.value = ''");
    for (const letter of 'beijing') {
      await page.type(letter);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await eventually(() =>
      page.eval(() => /** @type {any} */ (window).said.some((/** @type {string} */ text) => /results/.test(text))),
    );
    const said = /** @type {string[]} */ (await page.eval(() => /** @type {any} */ (window).said));
    assert.ok(said.filter((text) => /results?$/.test(text)).length === 1, JSON.stringify(said));
  });

  test('tab_leads_to_hits_that_are_part_of_the_page', async () => {
    await show('<samara-search mode="page" facets=""></samara-search>');
    await search(page, 'beijing');
    const focused = () => ask("element.shadowRoot.activeElement?.getAttribute('part')");
    for (let step = 0; step < 12 && (await focused()) !== 'hit'; step++) await page.press('Tab');
    assert.equal(await focused(), 'hit');
    assert.equal((await stateOf(page)).active, 0);
  });

  test('show_more_keeps_the_place_and_the_focus', async () => {
    await show('<samara-search mode="page" limit="2"></samara-search>');
    await page.look({ height: 500 });
    const { options } = await search(page, 'beijing');
    await ask("element.shadowRoot.querySelector('[part=more]').focus()");
    const before = await page.eval(() => {
      const more = /** @type {HTMLElement} */ (
        document.querySelector('samara-search')?.shadowRoot?.querySelector('[part=more]')
      );
      more.scrollIntoView({ block: 'end' });
      return scrollY;
    });
    await page.press('Enter');
    const after = await until(page, (state) => state.options.length > options.length);
    assert.equal(await page.eval(() => scrollY), before);
    assert.ok(await ask('element.shadowRoot.activeElement !== null'));
    assert.deepEqual(after.options.slice(0, options.length), options);
    await page.look({});
  });

  test('focus_is_not_lost_with_the_button_that_had_it', async () => {
    await show('<samara-search mode="page" filters=\'{"source":["nobody"]}\'></samara-search>');
    await search(page, 'beijing');
    await ask('element.filters = {}');
    await until(page, ({ options }) => options.length > 1);
    await click(page, '[part=facet]');
    await eventually(() => ask("Boolean(element.shadowRoot.querySelector('[aria-pressed=true]'))"));
    await ask("element.value = 'zzqxjv'");
    await eventually(() => ask("Boolean(element.shadowRoot.querySelector('[part=widen]'))"));
    await ask("element.shadowRoot.querySelector('[part=widen]').focus()");
    await page.press('Enter');
    await eventually(() => ask("!element.shadowRoot.querySelector('[part=widen]')"));
    assert.ok((await stateOf(page)).focused);
  });

  describe('while the module is on its way', () => {
    test('it_comes_beside_the_worker_and_not_after_it', async () => {
      await show('<samara-search></samara-search>');
      // A worker whose script never answers.
      await page.eval(() => {
        Object.assign(window, {
          Worker: class extends EventTarget {
            postMessage() {}
            terminate() {}
          },
        });
      });
      await focusIn('samara-search');
      await eventually(() => server.requests.includes('/samara.wasm'));
    });
  });
});
