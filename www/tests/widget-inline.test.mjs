/** The element where its results lie over the page: its list, its keys, suggestions. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withElement } from './element.mjs';
import { click, search, stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('the element inline', (browser) => {
  const { page, show, ask, focusIn } = withElement(browser);

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
      element.addEventListener(
        'samara-select',
        (/** @type {Event} */ event) => (event.preventDefault(), (selected = true)),
      );
      const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
      element.focus();
      element.value = 'beijing';
      for (const key of ['ArrowDown', 'Enter'])
        input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
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
    await show(
      '<samara-search><p slot="empty" id="empty">Ask us</p><p slot="footer" id="footer">By us</p></samara-search>',
    );
    const shown = () =>
      page.eval(() => ['#empty', '#footer'].map((selector) => document.querySelector(selector)?.checkVisibility()));
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
      element.shadowRoot.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }),
      );
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
    await page.eval(() =>
      /** @type {any} */ (
        [...(document.querySelector('samara-search')?.shadowRoot?.querySelectorAll('[part=suggestion]') ?? [])].find(
          (node) => node.textContent === 'wang beijing',
        )
      ).click(),
    );
    await eventually(() => page.eval(() => /** @type {any} */ (window).answered === 'wang beijing '));
    const state = await stateOf(page);
    assert.equal(state.value, 'wang beijing ');
    assert.ok(state.focused);
    await ask('element.suggestions = 0');
    assert.deepEqual((await search(page, 'bei')).suggestions, []);
  });

  test('suggestions_complete_what_the_query_was_corrected_to', async () => {
    await show('<samara-search></samara-search>');
    const { suggestions } = await search(page, 'washingtno xi');
    assert.ok(
      suggestions.length > 0 && suggestions.every((text) => text.startsWith('washington xi')),
      `${suggestions}`,
    );
  });

  test('words_in_a_row_are_marked_as_one', async () => {
    await show('<samara-search></samara-search>');
    const { options } = await search(page, '"san francisco"');
    assert.ok(
      options.length > 0 && options.every(({ marks }) => marks.includes('San Francisco')),
      JSON.stringify(options),
    );
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
      await page.eval(
        (selector, query) => {
          const element = /** @type {any} */ (document.querySelector(selector));
          element.focus();
          element.value = query;
        },
        selector,
        query,
      );
      await until(page, ({ options, value }) => value === query && Boolean(options[0]?.href), selector);
      await page.eval(
        (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('a')?.click(),
        selector,
      );
    };
    await choose('samara-search', 'newsom');
    assert.equal(await page.eval(() => localStorage.length), 0);
    for (const query of ['newsom', 'jakarta', '<b>beijing', 'jakarta']) await choose('#asks', query);
    await show(body);
    await focusIn('samara-search');
    assert.deepEqual((await stateOf(page)).options, []);
    await focusIn('#asks');
    const { options } = await until(page, ({ options }) => options.length > 0, '#asks');
    assert.deepEqual(
      options.map(({ title }) => title),
      ['jakarta', '<b>beijing'],
    );
    await page.press('ArrowDown');
    await page.press('Enter');
    await until(page, ({ value, options }) => value === 'jakarta' && Boolean(options[0]?.href), '#asks');
    await page.press('Escape');
    await until(page, ({ options }) => options.length === 2, '#asks');
    await page.eval(() =>
      /** @type {any} */ (document.querySelector('#asks')?.shadowRoot?.querySelector('[part=forget]')).click(),
    );
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
      root
        .querySelector('input')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }));
      return [...root.querySelectorAll('[role=option]')].at(-1)?.getBoundingClientRect().bottom;
    });
    assert.ok(bottom && bottom <= 400, `${bottom}`);
  });

  test('held_keys_go_with_the_hit', async () => {
    await show('<samara-search></samara-search>');
    await page.eval(() =>
      document.addEventListener('click', (event) => {
        event.preventDefault();
        /** @type {any} */ (window).held = [event.ctrlKey, event.metaKey, event.shiftKey];
      }),
    );
    await search(page, 'newsom');
    await page.press('ArrowDown');
    for (const [key, held] of /** @type {[string, boolean[]][]} */ ([
      ['Control', [true, false, false]],
      ['Meta', [false, true, false]],
      ['Shift', [false, false, true]],
    ])) {
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
    await page.eval(() =>
      document.addEventListener('samara-select', (event) => {
        event.preventDefault();
        /** @type {any} */ (window).chosen = /** @type {CustomEvent} */ (event).detail.hit.title;
      }),
    );
    await focusIn('samara-search');
    await page.type('newsom');
    await page.press('ArrowDown');
    await page.press('Enter');
    const { options } = await until(page, ({ active }) => active === 0);
    assert.equal(await page.eval(() => /** @type {any} */ (window).chosen), options[0].title);
  });

  test('enter_pressed_while_it_loads_opens_what_the_answer_brings', async () => {
    await show('<samara-search></samara-search>');
    const chosen = await page.eval(
      () =>
        new Promise((resolve) => {
          const element = /** @type {any} */ (document.querySelector('samara-search'));
          element.addEventListener(
            'samara-select',
            (/** @type {any} */ event) => (event.preventDefault(), resolve(event.detail.hit.title)),
          );
          element.value = 'newsom';
          for (const key of ['ArrowDown', 'Enter'])
            element.shadowRoot
              .querySelector('input')
              .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        }),
    );
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
