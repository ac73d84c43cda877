/** Where results lie, what a pointer does there, and how large things are in the pages of others. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withElement } from './element.mjs';
import { click, search, stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('in pages of others', (browser, name) => {
  const { page, show, ask, focusIn } = withElement(browser);

  /** Where a part of the element is. @param {string} part */
  const boxOf = (part, selector = 'samara-search') =>
    page.eval(
      (part, selector) => {
        const { x, y, width, height, right, bottom } = /** @type {any} */ (document.querySelector(selector)).shadowRoot
          .querySelector(part)
          .getBoundingClientRect();
        return { x, y, width, height, right, bottom, view: [document.documentElement.clientWidth, innerHeight] };
      },
      part,
      selector,
    );
  /** Styles, which a policy of a page may forbid as attributes. @param {string} css */
  const style = (css) =>
    page.eval((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }, css);

  describe('the list over a page', () => {
    for (const [place, css] of [
      [
        'a_narrow_sidebar_that_clips',
        '#bar { width: 180px; height: 90px; overflow: hidden; transform: translateX(0) }',
      ],
      ['the_right_edge', '#bar { width: 180px; margin-left: auto; overflow: hidden; height: 60px }'],
      ['the_bottom', '#bar { position: fixed; bottom: 0; left: 0; width: 300px; contain: paint }'],
    ]) {
      test(`is_whole_and_wide_enough_at_${place}`, async () => {
        await show('<div id="bar"><samara-search></samara-search></div><div id="over">covers</div>');
        await style(
          `${css} #over { position: fixed; inset: 0; z-index: 9999; pointer-events: none; background: #fff8 }`,
        );
        await search(page, 'beijing');
        const { x, y, width, right, bottom, view } = await boxOf('[part=panel]');
        assert.ok(width >= 320, `it is ${width} wide`);
        assert.ok(
          x >= 0 && y >= 0 && right <= view[0] && bottom <= view[1],
          JSON.stringify({ x, y, right, bottom, view }),
        );
        const hit = await boxOf('[role=option]');
        const seen = await page.eval(
          (x, y) => document.elementFromPoint(x, y)?.localName,
          hit.x + 20,
          Math.max(hit.y + 10, y + 10),
        );
        assert.equal(seen, 'samara-search');
      });
    }

    test('follows_the_box_when_the_page_scrolls', async () => {
      await show('<samara-search></samara-search><div id="tall"></div>');
      await style('#tall { height: 3000px } samara-search { margin-top: 300px }');
      await search(page, 'beijing');
      const before = await boxOf('[part=panel]');
      await page.eval(() => scrollTo(0, 100));
      await eventually(async () => Math.abs((await boxOf('[part=panel]')).y - (before.y - 100)) < 2);
    });

    test('can_be_clicked_in_a_closed_root', async () => {
      await show('<div id="host"></div>');
      await page.eval(() => {
        const root = /** @type {HTMLElement} */ (document.querySelector('#host')).attachShadow({ mode: 'closed' });
        const element = /** @type {any} */ (document.createElement('samara-search'));
        element.addEventListener('samara-select', (/** @type {any} */ event) => {
          event.preventDefault();
          Object.assign(window, { chosen: event.detail.hit.title });
        });
        root.append(element);
        element.focus();
        element.value = 'newsom';
        Object.assign(window, {
          where: () => element.shadowRoot.querySelector('[role=option]')?.getBoundingClientRect().toJSON(),
        });
      });
      const where = /** @type {{ x: number, y: number }} */ (
        await eventually(() => page.eval(() => /** @type {any} */ (window).where()))
      );
      await page.clickAt(where.x + 30, where.y + 20);
      await eventually(() => page.eval(() => Boolean(/** @type {any} */ (window).chosen)));
    });
  });

  test('dragging_over_a_passage_selects_it_and_goes_nowhere', async () => {
    await show('<samara-search mode="page"></samara-search>');
    await search(page, 'newsom');
    const address = await page.address();
    const { x, y, height } = await boxOf('[part=snippet]');
    await page.drag({ x: x + 4, y: y + height / 4 }, { x: x + 180, y: y + height / 4 });
    const selected = await page.eval(() => {
      const root = /** @type {any} */ (document.querySelector('samara-search')?.shadowRoot);
      return String(root.getSelection?.() ?? getSelection());
    });
    // WebKit tells no page what is selected within a root.
    if (name !== 'webkit') assert.ok(selected.trim().length > 5, `selected: ${selected}`);
    assert.equal((await page.address()).split('?')[0], address.split('?')[0]);
    assert.ok((await stateOf(page)).options.length > 0);
  });

  test('a_press_on_text_does_not_go_to_the_box', async () => {
    await show('<samara-search mode="page"><p slot="hint" id="hint">Some words about this search</p></samara-search>');
    await search(page, 'zzqxjv');
    await page.eval(() => /** @type {any} */ (document.activeElement)?.blur());
    await click(page, '[part=message] p');
    await click(page, '', '#hint');
    assert.equal((await stateOf(page)).focused, false);
  });

  test('text_is_sixteen_pixels_at_least_whatever_the_root_says', async () => {
    await show('<samara-search mode="page"></samara-search>');
    await search(page, 'newsom');
    const sizes = () =>
      ask(
        "['input', '.snippet', '.title', '.count'].map((part) => parseFloat(getComputedStyle(element.shadowRoot.querySelector(part)).fontSize))",
      );
    const usual = await sizes();
    await style(':root { font-size: 62.5% }');
    assert.deepEqual(await sizes(), usual);
    const [input, snippet, title, small] = /** @type {number[]} */ (usual);
    assert.ok(input >= 16 && snippet >= 16 && title >= 16 && small >= 14, `${usual}`);
    await style('samara-search { --samara-size: 20px }');
    assert.equal((await sizes())[1], 20);
  });

  describe('the dialog', () => {
    const BODY = '<samara-search mode="modal"></samara-search>';
    const isOpen = () => ask('element.isOpen');

    test('is_closed_by_a_press_and_release_on_the_backdrop_alone', async () => {
      await show(BODY);
      await search(page, 'beijing');
      const { x, y, right, bottom } = await boxOf('dialog');
      const [inside, outside] = [
        { x: x + 40, y: bottom - 60 },
        { x: right + 60, y: y + 60 },
      ];
      await page.drag(inside, outside);
      assert.equal(await isOpen(), true, 'pressed within, released outside');
      await page.drag(outside, inside);
      assert.equal(await isOpen(), true, 'pressed outside, released within');
      // The padding is the dialog's own, as the backdrop is.
      await page.clickAt(x + 3, y + 3);
      assert.equal(await isOpen(), true, 'its padding');
      await page.clickAt(outside.x, outside.y);
      assert.equal(await isOpen(), false);
    });

    test('is_closed_by_the_keys_that_open_it', async () => {
      await show(BODY);
      await ask('element.open()');
      await page.type('/');
      assert.deepEqual([await isOpen(), (await stateOf(page)).value], [true, '/']);
      await page.press('k', 'Control');
      assert.equal(await isOpen(), false);
      await page.press('k', 'Control');
      assert.equal(await isOpen(), true);
    });

    test('page_keys_scroll_it', async () => {
      await page.look({ height: 420 });
      await show(BODY);
      await search(page, 'beijing');
      const scrolled = () => ask("element.shadowRoot.querySelector('[part=panel]').scrollTop");
      await page.press('PageDown');
      assert.ok(Number(await scrolled()) > 50, `${await scrolled()}`);
      await page.press('PageUp');
      assert.equal(await scrolled(), 0);
      assert.ok((await stateOf(page)).focused);
    });

    test('fits_what_a_keyboard_on_the_screen_leaves_free', async () => {
      await page.look({ phone: true });
      await show(BODY);
      await search(page, 'beijing');
      // The keyboard of a phone makes this viewport smaller and leaves the window as it is.
      await page.eval(() => {
        const view = /** @type {VisualViewport} */ (visualViewport);
        Object.defineProperty(view, 'height', { value: 400, configurable: true });
        Object.defineProperty(view, 'offsetTop', { value: 20, configurable: true });
        view.dispatchEvent(new Event('resize'));
      });
      const { y, bottom } = await boxOf('dialog');
      assert.deepEqual([Math.round(y), Math.round(bottom) <= 420], [20, true], `${y} to ${bottom}`);
      await page.look({});
    });

    test('its_single_key_can_be_switched_off_by_the_reader', async () => {
      await show(`${BODY}<p tabindex="0" id="text">text</p>`);
      await search(page, 'beijing');
      await click(page, '[part=single-key] input');
      await ask('element.close()');
      await focusIn('#text');
      await page.press('/');
      assert.equal(await isOpen(), false);
      await show(`${BODY}<p tabindex="0" id="text">text</p>`);
      await focusIn('#text');
      await page.press('/');
      assert.equal(await isOpen(), false);
      await page.press('k', 'Control');
      assert.equal(await isOpen(), true);
      await until(page, () => true);
      await eventually(() => ask("Boolean(element.shadowRoot.querySelector('[part=single-key] input'))"));
      await click(page, '[part=single-key] input');
      await ask('element.close()');
      await focusIn('#text');
      await page.press('/');
      assert.equal(await isOpen(), true);
    });
  });
});
