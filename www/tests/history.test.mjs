/** What the dialog and the address do to the history, and that a person gets back to where they were. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withElement } from './element.mjs';
import { click, search, stateOf, until } from './searching.mjs';
import { inEachBrowser } from './suite.mjs';
import { eventually } from './waiting.mjs';

inEachBrowser('the history', (browser) => {
  const { server, page, show, ask } = withElement(browser);
  const length = () => page.eval(() => history.length);
  const isOpen = () => ask('element.isOpen');
  /** As in browsers whose platform does not ask dialogs to close by itself. */
  const withoutWatcher = '<script>delete globalThis.CloseWatcher</script>';
  const MARKING = `${withoutWatcher}<samara-search mode="modal" history base="/documents/"></samara-search>`;
  const marked = () => page.eval(() => Boolean(history.state?.samaraDialog));

  test('a_dialog_adds_nothing_unless_asked', async () => {
    await show(`${withoutWatcher}<samara-search mode="modal"></samara-search>`);
    const before = await length();
    await page.eval(() => history.replaceState({ router: 7 }, ''));
    await ask('element.open()');
    await page.press('Escape');
    await ask('(element.open(), element.close())');
    assert.deepEqual([await length(), await page.eval(() => history.state)], [before, { router: 7 }]);
  });

  describe('of a dialog that asks', () => {
    test('back_closes_it_and_stays_on_the_page', async () => {
      await show(MARKING);
      const address = await page.address();
      await page.eval(() => history.replaceState({ router: 7 }, ''));
      await ask('element.open()');
      await eventually(marked);
      assert.equal(await page.eval(() => history.state.router), 7);
      await page.eval(() => history.back());
      await eventually(async () => !(await isOpen()), 'the dialog to close');
      assert.deepEqual([await page.address(), await page.eval(() => history.state)], [address, { router: 7 }]);
    });

    test('a_person_who_closes_it_leaves_no_entry_behind', async () => {
      await show(MARKING);
      for (const close of [() => page.press('Escape'), () => click(page, '[part=close]')]) {
        await ask('element.open()');
        await eventually(marked);
        await close();
        await eventually(async () => !(await marked()));
        assert.equal(await isOpen(), false);
      }
    });

    test('close_and_open_at_once_leaves_it_open_with_one_entry', async () => {
      await show(MARKING);
      const before = await length();
      await ask('element.open()');
      await eventually(marked);
      await ask('(element.close(), element.open())');
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.deepEqual([await isOpen(), await marked(), await length()], [true, true, before + 1]);
      await ask("element.shadowRoot.querySelector('[part=close]').click()");
      await ask('element.open()');
      await eventually(async () => (await isOpen()) && (await marked()));
      assert.equal(await length(), before + 1);
    });

    test('a_page_that_closes_it_and_goes_on_is_not_taken_back', async () => {
      await show(MARKING);
      await ask('element.open()');
      await eventually(marked);
      await page.eval(() => {
        /** @type {any} */ (document.querySelector('samara-search')).close();
        history.pushState({ router: 8 }, '', '/page/next');
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(await page.address(), `${server.address}page/next`);
      await page.eval(() => {
        /** @type {any} */ (document.querySelector('samara-search')).open();
      });
      await eventually(marked);
      await page.eval(() => {
        /** @type {any} */ (document.querySelector('samara-search')).close();
        location.href = '/results';
      });
      await eventually(async () => (await page.address()) === `${server.address}results`);
    });

    test('nobody_has_to_stop_at_the_entry_of_a_dialog_that_the_page_closed', async () => {
      await show(MARKING);
      const start = `${server.address}page/`;
      const next = `${server.address}page/next`;
      const last = `${server.address}page/last`;
      for (const address of [next, last]) {
        await ask('element.open()');
        await eventually(marked);
        await page.eval((address) => {
          /** @type {any} */ (document.querySelector('samara-search')).close();
          history.pushState({ router: address }, '', address);
        }, address);
      }
      const leads = async (/** @type {number} */ step, /** @type {string} */ address) => {
        await page.eval((step) => history.go(step), step);
        await eventually(
          async () => (await page.address()) === address && !(await marked()),
          `step ${step} to lead to ${address}`,
        );
        // It stays there.
        await new Promise((resolve) => setTimeout(resolve, 150));
        assert.deepEqual([await page.address(), await marked(), await isOpen()], [address, false, false]);
      };
      for (const [step, address] of /** @type {const} */ ([
        [-1, next],
        [-1, start],
        [1, next],
        [1, last],
        [-1, next],
        [-1, start],
      ])) {
        await leads(step, address);
      }
    });

    test('a_hit_takes_the_place_of_the_dialog', async () => {
      await show(MARKING);
      const before = await length();
      await search(page, 'newsom');
      await eventually(marked);
      await page.press('ArrowDown');
      await page.press('Enter');
      await eventually(
        async () => !(await page.address()).includes('/page/?') && (await page.address()) !== `${server.address}page/`,
      );
      assert.equal(await length(), before + 1);
      // Once this call has its answer: the step leads to another document.
      await page.eval(() => void setTimeout(() => history.back()));
      const where = () => page.eval(() => location.href).catch(() => '');
      await eventually(async () => (await where()) === `${server.address}page/`);
      await eventually(async () => (await isOpen()) === false && !(await marked()));
    });

    test('after_a_reload_it_goes_on_in_the_same_entry', async () => {
      await show(`${withoutWatcher}<samara-search mode="modal" history param="find"></samara-search>`, {
        query: '?find=newsom',
      });
      await until(page, ({ options }) => options.length > 0);
      await eventually(marked);
      const before = await length();
      await page.eval(() => {
        Object.assign(window, { old: true });
        location.reload();
      });
      const reopened = () =>
        page.eval(
          () => !('old' in window) && /** @type {any} */ (document.querySelector('samara-search'))?.isOpen === true,
        );
      await eventually(() => reopened().catch(() => false), 'the dialog to open again');
      assert.equal(await length(), before);
      await click(page, '[part=close]');
      await eventually(async () => !(await marked()) && !(await isOpen()));
      assert.equal(await page.address(), `${server.address}page/?find=newsom`);
    });
  });

  test('a_plain_selection_closes_the_dialog_and_one_beside_the_page_does_not', async () => {
    await show('<samara-search mode="modal" base="/page/"></samara-search>');
    await page.eval(() => addEventListener('click', (event) => event.preventDefault()));
    await search(page, 'newsom');
    await page.press('ArrowDown');
    await page.press('Enter', 'Control');
    assert.equal(await isOpen(), true);
    await page.press('Enter');
    assert.equal(await isOpen(), false);
  });

  test('a_router_is_asked_to_go_to_hits_of_its_site', async () => {
    await show('<samara-search mode="modal" base="/docs/"></samara-search>');
    await page.eval(() => {
      const element = /** @type {any} */ (document.querySelector('samara-search'));
      element.navigate = (/** @type {string} */ url, /** @type {any} */ hit) =>
        history.pushState({}, '', `${url}?by=router&title=${hit.title.length > 0}`);
    });
    await search(page, 'newsom');
    await page.press('ArrowDown');
    await page.press('Enter');
    await eventually(
      async () => (await page.address()).includes('/docs/') && (await page.address()).includes('by=router&title=true'),
    );
    assert.equal(await isOpen(), false);
  });

  test('the_address_is_written_before_a_hit_is_gone_to_and_never_onto_another_page', async () => {
    await show('<samara-search mode="page"></samara-search>');
    await ask("element.value = 'newsom'");
    await until(page, ({ options }) => options.length > 0);
    await page.eval(() => {
      const element = /** @type {any} */ (document.querySelector('samara-search'));
      element.navigate = (/** @type {string} */ _url) => history.pushState({}, '', '/route');
      element.value = 'beijing';
      element.shadowRoot.querySelector('a').click();
    });
    assert.equal(await page.address(), `${server.address}route`);
    await ask("element.value = 'later'");
    await page.eval(() => history.pushState({}, '', '/other'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(await page.address(), `${server.address}other`);
    await page.eval(() => history.go(-2));
    await eventually(async () => (await page.address()) === `${server.address}page/?q=beijing`);
  });

  test('filters_and_order_stand_in_the_address_and_come_back', async () => {
    await show('<samara-search mode="page" facets="source date:range"></samara-search>', { query: '?q=beijing' });
    await until(page, ({ options }) => options.length > 1);
    const source = /** @type {string} */ (
      await ask("element.shadowRoot.querySelector('time').parentNode.querySelector('.source').textContent")
    );
    await page.eval((source) => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('samara-search')?.shadowRoot);
      const chips = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[part=facet]')]);
      chips.find((chip) => chip.firstChild?.textContent === source)?.click();
      const from = /** @type {HTMLInputElement} */ (root.querySelector('[part=date]'));
      from.value = '2020-01-01';
      from.dispatchEvent(new Event('change'));
      const order = /** @type {HTMLSelectElement | null} */ (root.querySelector('select'));
      if (!order) return;
      order.value = 'date:asc';
      order.dispatchEvent(new Event('change'));
    }, source);
    const holds = async () => {
      const params = new URL(await page.address()).searchParams;
      return params.get('q.source') === source && params.get('q.date') === '2020-01-01..';
    };
    await eventually(holds, async () => `filters in the address; it is ${await page.address()}`);
    const address = await page.address();
    await page.goto(`${server.address}results`);
    await page.goto(address);
    await until(page, ({ options }) => options.length > 0);
    assert.deepEqual(
      await ask(
        "[element.shadowRoot.querySelector('[part=facet][aria-pressed=true]').firstChild.textContent, element.shadowRoot.querySelector('[part=date]').value]",
      ),
      [source, '2020-01-01'],
    );
    assert.equal((await stateOf(page)).value, 'beijing');
  });
});
