/** Text that an input method composes, by the DevTools protocol: what no synthetic event can prove. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withElement } from './element.mjs';
import { stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';

inEachBrowser('composing', (browser, name) => {
  const { page, show, focusIn } = withElement(browser);
  const only = { skip: name !== 'chromium' && 'only Chromium lets a test compose' };

  /** @param {string} text */
  const compose = (text) =>
    page.protocol?.('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

  test('results_come_while_a_word_is_composed_and_stay_when_it_is_done', only, async () => {
    await show('<samara-search></samara-search>');
    await focusIn('samara-search');
    for (const text of ['n', 'ne', 'news', 'newsom']) await compose(text);
    const during = await until(page, ({ options }) => options.some(({ text }) => /Newsom/.test(text)));
    assert.equal(during.value, 'newsom');
    await page.protocol?.('Input.insertText', { text: 'newsom' });
    const { value, options } = await stateOf(page);
    assert.deepEqual([value, options.length > 0], ['newsom', true]);
  });

  test('keys_that_choose_among_candidates_choose_no_hit', only, async () => {
    await show('<samara-search></samara-search>');
    await focusIn('samara-search');
    await compose('newsom');
    await until(page, ({ options }) => options.length > 0);
    const address = await page.address();
    // As the browser sends keys that an input method takes.
    for (const key of ['ArrowDown', 'Enter']) {
      await page.protocol?.('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Process',
        code: key,
        windowsVirtualKeyCode: 229,
      });
    }
    assert.deepEqual([(await stateOf(page)).active, await page.address()], [-1, address]);
  });
});
