/** The element as a dialog: how it opens, closes and goes back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withElement } from './element.mjs';
import { click, search, stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('the element as a dialog', (browser) => {
  const { page, show, ask, focusIn } = withElement(browser);

  const BODY =
    '<samara-search mode="modal"></samara-search><input id="own"><textarea></textarea><div contenteditable id="rich">x</div><p tabindex="0" id="text">text</p>';

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
      element.addEventListener(
        'samara-select',
        (/** @type {Event} */ event) => (event.preventDefault(), (selected = true)),
      );
      const answered = new Promise((resolve) => element.addEventListener('samara-search', resolve, { once: true }));
      const closed = new Promise((resolve) =>
        element.shadowRoot.querySelector('dialog').addEventListener('close', resolve, { once: true }),
      );
      element.open();
      element.value = 'beijing';
      for (const key of ['ArrowDown', 'Enter'])
        element.shadowRoot
          .querySelector('input')
          .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
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

  for (const [keys, label] of /** @type {[string[], string][]} */ ([
    [['/'], 'slash'],
    [['k', 'Control'], 'control_k'],
    [['k', 'Meta'], 'command_k'],
  ])) {
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

  for (const [host, mode] of /** @type {[string, ShadowRootMode][]} */ ([
    ['div', 'open'],
    ['div', 'closed'],
    ['x-field', 'open'],
    ['x-field', 'closed'],
  ])) {
    test(`shortcuts_are_left_to_an_input_in_the_${mode}_root_of_a_${host}`, async () => {
      await show(BODY);
      await page.eval(
        (host, mode) => {
          const root = document.body
            .appendChild(document.createElement(host))
            .attachShadow({ mode: /** @type {ShadowRootMode} */ (mode) });
          const input = root.appendChild(document.createElement('input'));
          input.focus();
          Object.assign(window, { typed: () => input.value });
        },
        host,
        mode,
      );
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
