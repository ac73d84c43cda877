/** The element in a page of a site: around a form, in the address, narrowing, its properties and languages. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withElement } from './element.mjs';
import { click, stateOf, until } from './searching.mjs';
import { html, inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('the element', (browser) => {
  const { server, page, show, ask, focusIn } = withElement(browser);

  describe('around a form', () => {
    const FORM =
      '<form role="search" action="/results"><label>Find articles <input type="search" name="words" placeholder="words" value="newsom"></label></form>';

    test('value_label_and_placeholder_are_taken_over', async () => {
      await show(`<samara-search>${FORM}</samara-search>`);
      const state = await until(page, ({ value }) => value === 'newsom');
      assert.equal(state.value, 'newsom');
      const [label, placeholder] = [
        await ask("element.shadowRoot.querySelector('input').getAttribute('aria-label')"),
        await ask("element.shadowRoot.querySelector('input').placeholder"),
      ];
      assert.deepEqual([label, placeholder], ['Find articles', 'words']);
      assert.equal(await page.eval(() => document.querySelector('form input')?.checkVisibility()), false);
    });

    test('enter_goes_to_the_page_of_results', async () => {
      await show(`<samara-search>${FORM}</samara-search>`);
      await focusIn('samara-search');
      await page.press('End');
      await page.type(' x');
      await page.press('Enter');
      await eventually(async () => (await page.address()).includes('/results'));
      assert.equal(await page.address(), `${server.address}results?words=newsom+x`);
    });

    test('focus_and_selection_move_into_the_box_but_not_in_mid_composition', async () => {
      const body = html(`<samara-search>${FORM}</samara-search>`).replace(/<script.*?<\/script>/, '');
      server.options.pages = { '/late': body };
      await page.goto(`${server.address}late`);
      const seen = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const input = /** @type {HTMLInputElement} */ (element.querySelector('input'));
        input.focus();
        input.setSelectionRange(1, 3);
        const script = document.createElement('script');
        script.src = '/samara.js';
        document.head.append(script);
        await customElements.whenDefined('samara-search');
        const seen = [document.activeElement === input];
        input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
        seen.push(document.activeElement === input, input.checkVisibility());
        input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 50));
        const own = element.shadowRoot.querySelector('input');
        seen.push(input.checkVisibility(), document.activeElement === element);
        return [...seen, own.value, own.selectionStart, own.selectionEnd];
      });
      assert.deepEqual(seen, [true, true, true, false, true, 'newsom', 1, 3]);
      await until(page, ({ options }) => options.length > 0);
    });

    test('without_the_script_the_form_works', async () => {
      server.options.pages = {
        '/plain': html(`<samara-search>${FORM}</samara-search>`).replace(/<script.*?<\/script>/, ''),
        '/results': html('<h1>Results</h1>'),
      };
      await page.goto(`${server.address}plain`);
      await focusIn('form input');
      await page.press('Enter');
      await eventually(async () => (await page.address()).includes('/results'));
      assert.equal(await page.address(), `${server.address}results?words=newsom`);
    });
  });

  describe('the address', () => {
    test('a_linked_query_is_searched', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=newsom&other=1' });
      const state = await until(page, ({ options }) => options.length > 0);
      assert.equal(state.value, 'newsom');
    });

    test('it_follows_the_box_and_the_box_follows_it', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?other=1#place' });
      await focusIn('samara-search');
      await page.type('wang yi');
      // Where typing pauses, the address holds the beginning for a while.
      const address = `${server.address}page/?other=1&q=wang+yi#place`;
      await eventually(
        async () => (await page.address()) === address,
        async () => `${address}; it is ${await page.address()}`,
      );
      await page.eval(() => history.pushState(null, '', '?q=newsom'));
      await page.eval(() => history.pushState(null, '', '?q=other'));
      await page.eval(() => history.back());
      await until(page, ({ value }) => value === 'newsom');
    });

    test('a_step_that_leaves_the_query_alone_takes_nothing_away', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=newsom' });
      await until(page, ({ options }) => options.length > 0);
      // As a dialog on the same page does while somebody types.
      const value = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        history.pushState(null, '', location.href);
        const back = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
        history.back();
        element.value = 'b';
        await back;
        return element.value;
      });
      assert.equal(value, 'b');
    });

    test('other_modes_leave_it_alone_unless_told', async () => {
      await show('<samara-search></samara-search>', { query: '?q=newsom' });
      assert.equal((await stateOf(page)).value, '');
      await show('<samara-search mode="modal" param="find"></samara-search>', { query: '?find=newsom' });
      await until(page, ({ options }) => options.length > 0);
      assert.equal(await ask('element.isOpen'), true);
    });
  });

  describe('narrowing', () => {
    const sources = () =>
      ask("[...new Set([...element.shadowRoot.querySelectorAll('.source')].map((node) => node.textContent))]");

    test('a_facet_narrows_and_keeps_the_focus', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      const all = await until(page, ({ options }) => options.length > 1);
      await click(page, '[part=facet]');
      const pressed = await eventually(() =>
        ask("element.shadowRoot.querySelector('[part=facet][aria-pressed=true]')?.firstChild.textContent ?? ''"),
      );
      assert.equal(await ask('element.shadowRoot.activeElement?.firstChild.textContent'), pressed);
      assert.deepEqual(await sources(), [pressed]);
      assert.notEqual((await stateOf(page)).status, all.status);
      // A second value of the same field is added to the first.
      await click(page, '[part=facet][aria-pressed=false]');
      await eventually(() =>
        ask("element.shadowRoot.querySelectorAll('[part=facet][aria-pressed=true]').length === 2"),
      );
      assert.equal((await sources()).length, 2);
      for (const pressed of [1, 0]) {
        await click(page, '[part=facet][aria-pressed=true]');
        await eventually(() =>
          ask(`element.shadowRoot.querySelectorAll('[part=facet][aria-pressed=true]').length === ${pressed}`),
        );
      }
      assert.equal((await stateOf(page)).status, all.status);
    });

    test('facets_do_not_lead_beyond_what_the_page_narrows_to', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      await until(page, ({ options }) => options.length > 1);
      const facets = () =>
        ask("[...element.shadowRoot.querySelectorAll('[part=facet]')].map((node) => node.firstChild.textContent)");
      const admitted = (await facets()).slice(0, 2);
      await ask(`element.filters = { source: ${JSON.stringify(admitted)} }`);
      await eventually(async () => (await facets()).length === 2);
      await click(page, '[part=facet]');
      await eventually(() => ask("element.shadowRoot.querySelector('[part=facet][aria-pressed=true]') !== null"));
      assert.deepEqual(await facets(), admitted);
    });

    test('the_page_can_narrow_every_answer', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      const all = await until(page, ({ options }) => options.length > 1);
      const source = /** @type {string} */ (await ask("element.shadowRoot.querySelector('.source').textContent"));
      await ask(`element.filters = { source: [${JSON.stringify(source)}] }`);
      await until(page, ({ options }) => options.length > 0 && options.length < all.options.length);
      assert.deepEqual(await sources(), [source]);
    });

    test('hits_can_be_ordered_by_date', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      await until(page, ({ options }) => options.length > 1);
      const order = async (/** @type {string} */ sort) => {
        await page.eval((sort) => {
          const select = /** @type {HTMLSelectElement} */ (
            document.querySelector('samara-search')?.shadowRoot?.querySelector('select')
          );
          select.value = sort;
          select.dispatchEvent(new Event('change'));
          return new Promise((resolve) =>
            document.addEventListener('samara-search', () => resolve(undefined), { once: true }),
          );
        }, sort);
        return /** @type {string[]} */ (
          await ask("[...element.shadowRoot.querySelectorAll('time')].map((time) => time.dateTime)")
        );
      };
      const newest = await order('date:desc');
      assert.deepEqual(newest, newest.toSorted().reverse());
      const oldest = await order('date:asc');
      assert.deepEqual(oldest, oldest.toSorted());
    });

    test('more_hits_come_on_demand', async () => {
      await show('<samara-search mode="page" limit="2"></samara-search>', { query: '?q=the' });
      const first = await until(page, ({ options }) => options.length > 1);
      assert.equal(first.more, 'Show more');
      await focusIn('samara-search');
      await page.press('ArrowDown');
      await click(page, '[part=more]');
      const second = await until(page, ({ options }) => options.length > first.options.length);
      assert.deepEqual(second.options.slice(0, first.options.length), first.options);
      assert.equal(second.active, 0);
      assert.equal(new Set(second.options.map(({ href, title }) => href + title)).size, second.options.length);
    });
  });

  describe('properties and languages', () => {
    test('properties_set_before_the_definition_count', async () => {
      await show(
        '<samara-search mode="page"></samara-search><script>document.querySelector("samara-search").value = "newsom"; document.querySelector("samara-search").placeholder = "early";</script>',
      );
      const state = await until(page, ({ options }) => options.length > 0);
      assert.equal(state.value, 'newsom');
      assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), 'early');
    });

    test('events_bubble_out_of_other_roots', async () => {
      await show('<div id="host"></div>');
      const heard = await page.eval(async () => {
        /** @type {string[]} */
        const heard = [];
        for (const type of ['samara-ready', 'samara-search', 'samara-error'])
          document.addEventListener(type, () => heard.push(type));
        const root = /** @type {HTMLElement} */ (document.querySelector('#host')).attachShadow({ mode: 'open' });
        const element = /** @type {any} */ (document.createElement('samara-search'));
        root.append(element);
        element.value = 'newsom';
        while (heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
        return heard.sort();
      });
      assert.deepEqual(heard, ['samara-ready', 'samara-search']);
    });

    /** @type {[string, string, string, string][]} */
    const languages = [
      ['de', 'Suchen', '1 Treffer', 'ltr'],
      ['ar', 'بحث', 'نتيجة واحدة', 'rtl'],
      ['zh-Hant', '搜索', '1 条结果', 'ltr'],
      ['ja', '検索', '1 件', 'ltr'],
      ['xx', 'Search', '1 result', 'ltr'],
      ['pt-BR', 'Pesquisar', '1 resultado', 'ltr'],
    ];
    for (const [lang, label, count, direction] of languages) {
      test(`the_interface_speaks_${lang}`, async () => {
        await show('<samara-search mode="page" limit="5"></samara-search>', { lang, query: '?q=jakarta' });
        // The list in another language comes a moment after the first one, which is in English.
        await until(page, (state) => state.options.length > 0 && state.count.split(' · ')[0] === count);
        assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), label);
        assert.equal(await ask("element.shadowRoot.querySelector('search').dir"), direction);
        // Whatever is typed stands beside the lens.
        assert.equal(
          await ask("getComputedStyle(element.shadowRoot.querySelector('input')).textAlign"),
          direction === 'rtl' ? 'right' : 'left',
        );
      });
    }

    test('a_page_may_add_a_language', async () => {
      await show('<samara-search mode="page" lang="la"></samara-search>');
      await page.eval(() => {
        const { SamaraSearch } = /** @type {any} */ (window).samara;
        SamaraSearch.texts.la = { search: 'Quaere' };
        /** @type {HTMLElement} */ (document.querySelector('samara-search')).lang = 'la-VA';
      });
      assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), 'Quaere');
    });
  });
});
