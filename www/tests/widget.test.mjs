/** What the element does in a page of a site: its modes, keys, forms, addresses, filters and languages. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { click, search, stateOf, until } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('the element', (browser) => {
  const { server, page } = withPage(browser, { silent: true });

  /**
   * @param {string} body
   * @param {{ query?: string, lang?: string }} [where]
   */
  async function show(body, { query = '', lang } = {}) {
    server.options.pages = { '/page/': html(body, { lang }), '/results': html('<h1>Results</h1>'), '/document.txt': html('<h1>Document</h1>') };
    await page.goto(`${server.address}page/${query}`);
  }

  /** @param {string} expression of `element`, the first samara-search */
  const ask = (expression) => page.eval((expression) => {
    const found = new Function('element', `return ${expression}`)(document.querySelector('samara-search'));
    return found;
  }, expression);

  /** Key presses that a page counts are the ones that nobody took. */
  const focusIn = (/** @type {string} */ selector) => page.eval((selector) => /** @type {HTMLElement} */ (document.querySelector(selector)).focus(), selector);

  describe('inline', () => {
    test('results_lie_over_the_page_and_go_when_the_focus_leaves', async () => {
      await show('<samara-search></samara-search><p>text</p><button>elsewhere</button>');
      const before = await page.eval(() => document.querySelector('p')?.getBoundingClientRect().top);
      const state = await search(page, 'beijing');
      assert.ok(state.expanded);
      assert.equal(await page.eval(() => document.querySelector('p')?.getBoundingClientRect().top), before);
      await focusIn('body > button');
      assert.ok(!(await stateOf(page)).expanded);
      await focusIn('samara-search');
      assert.ok((await stateOf(page)).expanded);
      await page.clickAt(700, 700);
      assert.ok(!(await stateOf(page)).expanded);
    });

    test('escape_clears_first_and_arrows_reopen', async () => {
      await show('<samara-search></samara-search>');
      await search(page, 'beijing');
      await ask('element.close()');
      assert.ok(!(await stateOf(page)).expanded);
      await page.press('ArrowDown');
      await until(page, ({ expanded, active }) => expanded && active === 0);
      await page.press('Escape');
      const state = await stateOf(page);
      assert.equal(state.value, '');
      assert.ok(!state.expanded && state.focused);
    });

    test('keys_pressed_before_the_list_came_are_dropped_when_the_box_is_left', async () => {
      await show('<samara-search></samara-search><button>elsewhere</button>');
      const seen = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const input = element.shadowRoot.querySelector('input');
        let selected = false;
        element.addEventListener('samara-select', (/** @type {Event} */ event) => (event.preventDefault(), selected = true));
        const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
        element.focus();
        element.value = 'beijing';
        for (const key of ['ArrowDown', 'Enter']) input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        document.querySelector('button')?.focus();
        await answered;
        return [element.isOpen, selected, input.hasAttribute('aria-activedescendant')];
      });
      assert.deepEqual(seen, [false, false, false]);
    });

    test('escape_leads_from_among_the_results_back_to_the_box', async () => {
      await show('<samara-search></samara-search>');
      await search(page, 'beijing');
      await ask("element.shadowRoot.querySelector('[part=facet]').focus()");
      await page.press('Escape');
      const { expanded, focused, value } = await stateOf(page);
      assert.deepEqual({ expanded, focused, value }, { expanded: false, focused: true, value: 'beijing' });
    });

    test('the_page_fills_the_slots_of_an_empty_answer_and_of_the_end', async () => {
      await show('<samara-search><p slot="empty" id="empty">Ask us</p><p slot="footer" id="footer">By us</p></samara-search>');
      const shown = () => page.eval(() => ['#empty', '#footer'].map((selector) => document.querySelector(selector)?.checkVisibility()));
      assert.deepEqual(await shown(), [false, false]);
      await search(page, 'beijing');
      assert.deepEqual(await shown(), [false, true]);
      await search(page, '+zzqxjv');
      assert.deepEqual(await shown(), [true, true]);
    });

    test('an_arrow_opens_a_list_that_was_closed_before_it_came', async () => {
      await show('<samara-search></samara-search>');
      await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
        element.focus();
        element.value = 'beijing';
        element.close();
        element.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
        await answered;
      });
      await until(page, ({ expanded, active }) => expanded && active === 0);
    });

    test('a_list_that_was_left_before_it_came_stays_closed', async () => {
      await show('<samara-search></samara-search><button>elsewhere</button>');
      const seen = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
        element.focus();
        element.value = 'beijing';
        document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
        await answered;
        const seen = [element.isOpen];
        document.querySelector('button')?.focus();
        element.focus();
        return [...seen, element.isOpen];
      });
      assert.deepEqual(seen, [false, true]);
    });

    test('the_list_never_flickers', async () => {
      await show('<samara-search></samara-search>');
      await search(page, 'b');
      await page.eval(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
        /** @type {any} */ (window).empty = 0;
        const watch = () => root.querySelector('[role=option]')?.checkVisibility() || /** @type {any} */ (window).empty++;
        new MutationObserver(watch).observe(root, { childList: true, subtree: true, attributes: true });
      });
      await page.type('eijing summit');
      await eventually(() => page.eval(() => /** @type {any} */ (window).answered === 'beijing summit'));
      assert.equal(await page.eval(() => /** @type {any} */ (window).empty), 0);
    });

    test('suggestions_complete_the_last_word', async () => {
      await show('<samara-search suggestions="2"></samara-search>');
      const { suggestions } = await search(page, 'wang bei');
      assert.ok(suggestions.length <= 2 && suggestions.includes('wang beijing'), `${suggestions}`);
      await page.eval(() => /** @type {any} */ ([...document.querySelector('samara-search')?.shadowRoot?.querySelectorAll('[part=suggestion]') ?? []]
        .find((node) => node.textContent === 'wang beijing')).click());
      await eventually(() => page.eval(() => /** @type {any} */ (window).answered === 'wang beijing '));
      const state = await stateOf(page);
      assert.equal(state.value, 'wang beijing ');
      assert.ok(state.focused);
      await ask('element.suggestions = 0');
      assert.deepEqual((await search(page, 'bei')).suggestions, []);
    });

    test('recent_searches_are_kept_only_where_the_site_asks', async () => {
      const body = '<samara-search></samara-search><samara-search id="asks" recent="2"></samara-search>';
      await show(body);
      await page.eval(() => {
        document.addEventListener('samara-select', (event) => event.preventDefault());
        localStorage.clear();
      });
      /** @param {string} selector @param {string} query */
      const choose = async (selector, query) => {
        await page.eval((selector, query) => {
          const element = /** @type {any} */ (document.querySelector(selector));
          element.focus();
          element.value = query;
        }, selector, query);
        await until(page, ({ options, value }) => value === query && Boolean(options[0]?.href), selector);
        await page.eval((selector) => document.querySelector(selector)?.shadowRoot?.querySelector('a')?.click(), selector);
      };
      await choose('samara-search', 'newsom');
      assert.equal(await page.eval(() => localStorage.length), 0);
      for (const query of ['newsom', 'jakarta', '<b>beijing', 'jakarta']) await choose('#asks', query);
      await show(body);
      await focusIn('samara-search');
      assert.deepEqual((await stateOf(page)).options, []);
      await focusIn('#asks');
      const { options } = await until(page, ({ options }) => options.length > 0, '#asks');
      assert.deepEqual(options.map(({ title }) => title), ['jakarta', '<b>beijing']);
      await page.press('ArrowDown');
      await page.press('Enter');
      await until(page, ({ value, options }) => value === 'jakarta' && Boolean(options[0]?.href), '#asks');
      await page.press('Escape');
      await until(page, ({ options }) => options.length === 2, '#asks');
      await page.eval(() => /** @type {any} */ (document.querySelector('#asks')?.shadowRoot?.querySelector('[part=forget]')).click());
      assert.deepEqual((await until(page, ({ expanded }) => !expanded, '#asks')).options, []);
      assert.equal(await page.eval(() => localStorage.getItem('samara-recent')), '[]');
    });

    test('an_empty_answer_says_what_to_leave_out', async () => {
      await show('<samara-search></samara-search>');
      assert.match((await search(page, '+zzqxjv title:blinken -xi')).message, /Search instead for zzqxjv blinken/);
      await click(page, '[part=instead]');
      assert.ok((await until(page, ({ value, options }) => value === 'zzqxjv blinken' && options.length > 0)).focused);
    });

    test('the_active_option_is_in_view_at_once_where_the_page_scrolls_smoothly', async () => {
      await show('<samara-search mode="page"></samara-search>');
      await page.eval(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('html { scroll-behavior: smooth }');
        document.adoptedStyleSheets = [sheet];
      });
      await page.look({ height: 400 });
      await search(page, 'beijing');
      const bottom = await page.eval(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
        root.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }));
        return [...root.querySelectorAll('[role=option]')].at(-1)?.getBoundingClientRect().bottom;
      });
      assert.ok(bottom && bottom <= 400, `${bottom}`);
    });

    test('held_keys_go_with_the_hit', async () => {
      await show('<samara-search></samara-search>');
      await page.eval(() => document.addEventListener('click', (event) => {
        event.preventDefault();
        /** @type {any} */ (window).held = [event.ctrlKey, event.metaKey, event.shiftKey];
      }));
      await search(page, 'newsom');
      await page.press('ArrowDown');
      for (const [key, held] of /** @type {[string, boolean[]][]} */ ([['Control', [true, false, false]], ['Meta', [false, true, false]], ['Shift', [false, false, true]]])) {
        await page.press('Enter', key);
        assert.deepEqual(await page.eval(() => /** @type {any} */ (window).held), held);
      }
    });

    test('home_and_end_move_in_the_text', async () => {
      await show('<samara-search></samara-search>');
      await search(page, 'beijing');
      await page.press('ArrowDown');
      await page.press('Home');
      await page.type('x');
      assert.equal((await stateOf(page)).value, 'xbeijing');
      await page.press('End');
      await page.type('y');
      assert.equal((await stateOf(page)).value, 'xbeijingy');
    });

    test('enter_opens_the_active_option', async () => {
      await show('<samara-search></samara-search>');
      await page.eval(() => document.addEventListener('samara-select', (event) => {
        event.preventDefault();
        /** @type {any} */ (window).chosen = /** @type {CustomEvent} */ (event).detail.hit.title;
      }));
      await focusIn('samara-search');
      await page.type('newsom');
      await page.press('ArrowDown');
      await page.press('Enter');
      const { options } = await until(page, ({ active }) => active === 0);
      assert.equal(await page.eval(() => /** @type {any} */ (window).chosen), options[0].title);
    });

    test('enter_pressed_while_it_loads_opens_what_the_answer_brings', async () => {
      await show('<samara-search></samara-search>');
      const chosen = await page.eval(() => new Promise((resolve) => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        element.addEventListener('samara-select', (/** @type {any} */ event) => (event.preventDefault(), resolve(event.detail.hit.title)));
        element.value = 'newsom';
        for (const key of ['ArrowDown', 'Enter']) element.shadowRoot.querySelector('input').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }));
      assert.equal(chosen, (await stateOf(page)).options[0].title);
    });

    test('nothing_happens_in_mid_composition', async () => {
      await show('<samara-search></samara-search>');
      await ask('element.focus()');
      const seen = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const input = element.shadowRoot.querySelector('input');
        /** @type {string[]} */
        const answered = [];
        element.addEventListener('samara-search', (/** @type {any} */ event) => answered.push(event.detail.query));
        input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
        input.value = 'newso';
        input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
        const key = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true });
        input.dispatchEvent(key);
        const closing = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true });
        input.dispatchEvent(closing);
        await new Promise((resolve) => setTimeout(resolve, 300));
        const during = answered.length;
        input.value = 'newsom';
        const composed = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
        input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        await composed;
        return { during, answered, taken: [key.defaultPrevented, closing.defaultPrevented] };
      });
      assert.deepEqual(seen, { during: 0, answered: ['newsom'], taken: [false, false] });
    });
  });

  describe('modal', () => {
    const BODY = '<samara-search mode="modal"></samara-search><input id="own"><textarea></textarea><div contenteditable id="rich">x</div><p tabindex="0" id="text">text</p>';

    test('a_button_opens_it_and_focus_goes_back', async () => {
      await show(BODY);
      assert.equal(await ask('element.isOpen'), false);
      await click(page, '[part=trigger]');
      assert.equal(await ask('element.isOpen'), true);
      assert.ok((await stateOf(page)).focused);
      await search(page, 'beijing');
      await click(page, '[part=close]');
      assert.equal(await ask('element.isOpen'), false);
      assert.equal(await ask("element.shadowRoot.activeElement?.getAttribute('part')"), 'trigger');
    });

    test('escape_clears_then_closes', async () => {
      await show(BODY);
      await search(page, 'beijing');
      await page.press('Escape');
      assert.deepEqual([(await stateOf(page)).value, await ask('element.isOpen')], ['', true]);
      await page.press('Escape');
      assert.equal(await ask('element.isOpen'), false);
    });

    test('a_change_of_mode_leaves_the_list_as_it_is', async () => {
      await show('<samara-search mode="page"></samara-search>');
      await ask("element.value = 'beijing'");
      await until(page, ({ options }) => options.length > 1);
      const seen = await page.eval(() => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        element.mode = 'inline';
        const input = element.shadowRoot.querySelector('input');
        return [input.getAttribute('aria-expanded'), element.shadowRoot.querySelectorAll('[role=option]').length > 1];
      });
      assert.deepEqual(seen, ['true', true]);
    });

    test('enter_pressed_before_the_list_came_is_dropped_when_it_closes', async () => {
      await show(BODY);
      const selected = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        let selected = false;
        element.addEventListener('samara-select', (/** @type {Event} */ event) => (event.preventDefault(), selected = true));
        const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
        const closed = new Promise((resolve) => element.shadowRoot.querySelector('dialog').addEventListener('close', resolve, { once: true }));
        element.open();
        element.value = 'beijing';
        for (const key of ['ArrowDown', 'Enter']) element.shadowRoot.querySelector('input').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        element.close();
        await Promise.all([closed, answered]);
        return selected;
      });
      assert.equal(selected, false);
    });

    test('back_closes_it_and_stays_on_the_page', async () => {
      await show(BODY);
      const address = await page.address();
      await click(page, '[part=trigger]');
      await page.eval(() => history.back());
      await eventually(async () => !(await ask('element.isOpen')), 'the dialog to close');
      assert.equal(await page.address(), address);
    });

    for (const [keys, label] of /** @type {[string[], string][]} */ ([[['/'], 'slash'], [['k', 'Control'], 'control_k'], [['k', 'Meta'], 'command_k']])) {
      test(`${label}_opens_it_but_not_from_where_text_is_entered`, async () => {
        await show(BODY);
        const press = () => page.press(keys[0], ...keys.slice(1));
        for (const selector of ['#own', 'textarea', '#rich']) {
          await focusIn(selector);
          await press();
          assert.equal(await ask('element.isOpen'), false, selector);
        }
        await focusIn('#text');
        await press();
        assert.equal(await ask('element.isOpen'), true);
        assert.equal((await stateOf(page)).value, '');
      });
    }

    for (const [host, mode] of /** @type {[string, ShadowRootMode][]} */ ([['div', 'open'], ['div', 'closed'], ['x-field', 'open'], ['x-field', 'closed']])) {
      test(`shortcuts_are_left_to_an_input_in_the_${mode}_root_of_a_${host}`, async () => {
        await show(BODY);
        await page.eval((host, mode) => {
          const root = document.body.appendChild(document.createElement(host)).attachShadow({ mode: /** @type {ShadowRootMode} */ (mode) });
          const input = root.appendChild(document.createElement('input'));
          input.focus();
          Object.assign(window, { typed: () => input.value });
        }, host, mode);
        await page.press('/');
        assert.equal(await ask('element.isOpen'), false);
        assert.equal(await page.eval(() => /** @type {any} */ (window).typed()), '/');
      });
    }

    test('shortcuts_can_be_chosen_and_switched_off', async () => {
      await show('<samara-search mode="modal" shortcuts="s"></samara-search><p tabindex="0" id="text">text</p>');
      await focusIn('#text');
      await page.press('/');
      assert.equal(await ask('element.isOpen'), false);
      await page.press('s');
      assert.equal(await ask('element.isOpen'), true);
      await ask('element.close()');
      await ask("element.shortcuts = 'off'");
      await focusIn('#text');
      await page.press('s');
      assert.equal(await ask('element.isOpen'), false);
    });

    test('a_trigger_of_the_page_stands_in_for_the_button', async () => {
      await show('<samara-search mode="modal"><button slot="trigger" id="mine">Find</button></samara-search>');
      await click(page, '', '#mine');
      assert.equal(await ask('element.isOpen'), true);
    });

    test('the_mode_can_change_at_any_time', async () => {
      await show(BODY);
      await search(page, 'beijing');
      await ask("element.mode = 'page'");
      assert.ok((await until(page, ({ options, expanded }) => expanded && options.length > 1)).expanded);
      await ask("element.mode = 'modal'");
      assert.equal(await ask('element.isOpen'), false);
      await ask('element.open()');
      assert.ok((await until(page, ({ options, expanded }) => expanded && options.length > 1)).expanded);
    });
  });

  describe('around a form', () => {
    const FORM = '<form role="search" action="/results"><label>Find articles <input type="search" name="words" placeholder="words" value="newsom"></label></form>';

    test('value_label_and_placeholder_are_taken_over', async () => {
      await show(`<samara-search>${FORM}</samara-search>`);
      const state = await until(page, ({ value }) => value === 'newsom');
      assert.equal(state.value, 'newsom');
      const [label, placeholder] = [await ask("element.shadowRoot.querySelector('input').getAttribute('aria-label')"), await ask("element.shadowRoot.querySelector('input').placeholder")];
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
      server.options.pages = { '/plain': html(`<samara-search>${FORM}</samara-search>`).replace(/<script.*?<\/script>/, ''), '/results': html('<h1>Results</h1>') };
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
      await eventually(async () => (await page.address()) === address, async () => `${address}; it is ${await page.address()}`);
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
    const sources = () => ask("[...new Set([...element.shadowRoot.querySelectorAll('.source')].map((node) => node.textContent))]");

    test('a_facet_narrows_and_keeps_the_focus', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      const all = await until(page, ({ options }) => options.length > 1);
      await click(page, '[part=facet]');
      const pressed = await eventually(() => ask("element.shadowRoot.querySelector('[part=facet][aria-pressed=true]')?.firstChild.textContent ?? ''"));
      assert.equal(await ask("element.shadowRoot.activeElement?.firstChild.textContent"), pressed);
      assert.deepEqual(await sources(), [pressed]);
      assert.notEqual((await stateOf(page)).status, all.status);
      // A second value of the same field is added to the first.
      await click(page, '[part=facet][aria-pressed=false]');
      await eventually(() => ask("element.shadowRoot.querySelectorAll('[part=facet][aria-pressed=true]').length === 2"));
      assert.equal((await sources()).length, 2);
      for (const pressed of [1, 0]) {
        await click(page, '[part=facet][aria-pressed=true]');
        await eventually(() => ask(`element.shadowRoot.querySelectorAll('[part=facet][aria-pressed=true]').length === ${pressed}`));
      }
      assert.equal((await stateOf(page)).status, all.status);
    });

    test('facets_do_not_lead_beyond_what_the_page_narrows_to', async () => {
      await show('<samara-search mode="page"></samara-search>', { query: '?q=beijing' });
      await until(page, ({ options }) => options.length > 1);
      const facets = () => ask("[...element.shadowRoot.querySelectorAll('[part=facet]')].map((node) => node.firstChild.textContent)");
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
          const select = /** @type {HTMLSelectElement} */ (document.querySelector('samara-search')?.shadowRoot?.querySelector('select'));
          select.value = sort;
          select.dispatchEvent(new Event('change'));
          return new Promise((resolve) => document.addEventListener('samara-search', () => resolve(undefined), { once: true }));
        }, sort);
        return /** @type {string[]} */ (await ask("[...element.shadowRoot.querySelectorAll('time')].map((time) => time.dateTime)"));
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
      await show('<samara-search mode="page"></samara-search><script>document.querySelector("samara-search").value = "newsom"; document.querySelector("samara-search").placeholder = "early";</script>');
      const state = await until(page, ({ options }) => options.length > 0);
      assert.equal(state.value, 'newsom');
      assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), 'early');
    });

    test('events_bubble_out_of_other_roots', async () => {
      await show('<div id="host"></div>');
      const heard = await page.eval(async () => {
        /** @type {string[]} */
        const heard = [];
        for (const type of ['samara-ready', 'samara-search', 'samara-error']) document.addEventListener(type, () => heard.push(type));
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
      ['de', 'Suchen', '1 Treffer', 'ltr'], ['ar', 'بحث', 'نتيجة واحدة', 'rtl'], ['zh-Hant', '搜索', '1 条结果', 'ltr'],
      ['ja', '検索', '1 件', 'ltr'], ['xx', 'Search', '1 result', 'ltr'], ['pt-BR', 'Pesquisar', '1 resultado', 'ltr'],
    ];
    for (const [lang, label, count, direction] of languages) {
      test(`the_interface_speaks_${lang}`, async () => {
        await show('<samara-search mode="page" limit="5"></samara-search>', { lang, query: '?q=jakarta' });
        // The list in another language comes a moment after the first one, which is in English.
        await until(page, (state) => state.options.length > 0 && state.count.split(' · ')[0] === count);
        assert.equal(await ask("element.shadowRoot.querySelector('input').placeholder"), label);
        assert.equal(await ask("element.shadowRoot.querySelector('search').dir"), direction);
        // Whatever is typed stands beside the lens.
        assert.equal(await ask("getComputedStyle(element.shadowRoot.querySelector('input')).textAlign"), direction === 'rtl' ? 'right' : 'left');
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
