/** How hits, and what narrows them, can be shown. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { click, search, stateOf, until } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

/** Pages of a site in two languages, with kinds, dates and pictures. */
const DOCUMENTS = Array.from({ length: 12 }, (_, at) => ({
  url: `/${at}.html`,
  title: `Guide ${at}`,
  text: `Common words of guide number ${at}. ${'More of them follow here, for a passage that is longer than two lines. '.repeat(4)}`,
  lang: at % 3 ? 'en' : 'de',
  tags: at % 2 ? ['even'] : ['odd', ...(at === 4 ? ['rare'] : [])],
  date: `2023-0${(at % 9) + 1}-11`,
  image: at === 1 ? 'javascript:alert(1)' : `/pictures/${at}.png`,
}));

describe('showing', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-showing-'));
    await writeFile(join(folder, 'corpus.json'), JSON.stringify(DOCUMENTS));
    await promisify(execFile)(SAMARA, ['build', join(folder, 'corpus.json'), '-o', join(folder, 'site')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('a site of guides', (browser) => {
    const { server, page } = withPage(browser, { folder: () => join(folder, 'site') });
    /** @param {string} body @param {string} [query] */
    const show = async (body, query = '') => {
      server.options.pages = { '/page': html(body) };
      await page.goto(`${server.address}page${query}`);
    };
    const ask = (/** @type {string} */ expression) =>
      page.eval(
        (expression) =>
          new Function('element', 'root', `return ${expression}`)(
            document.querySelector('samara-search'),
            document.querySelector('samara-search')?.shadowRoot,
          ),
        expression,
      );

    test('while_the_module_is_on_its_way_a_line_says_how_far', async () => {
      await show('<samara-search></samara-search>');
      server.options.fault = 'stall';
      await ask('element.focus()');
      await page.type('common');
      await eventually(() =>
        ask(
          "(() => { const line = root?.querySelector('[part=opening]'); return Boolean(line?.checkVisibility()) && /Loading the search.*50\\s?%/.test(line.textContent); })()",
        ),
      );
      server.options.fault = 'ok';
      server.drop();
      await until(page, ({ options, message }) => options.length > 0 || /not available/.test(message));
    });

    test('what_is_said_while_the_module_is_on_its_way_stays', async () => {
      await show('<samara-search></samara-search>');
      server.options.fault = 'stall';
      // The empty box comes to rest, and what is said of that would come after what is said of the query.
      await ask("(element.focus(), (element.value = 'common'))");
      const isSaid = async () => (await stateOf(page)).status === 'Loading the search…';
      await eventually(isSaid);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.ok(await isSaid());
      server.drop();
    });

    test('an_exclusion_that_is_given_up_is_told_with_its_sign', async () => {
      await show('<samara-search></samara-search>');
      const { notice, options } = await search(page, 'common -common');
      assert.ok(options.length > 0);
      assert.match(notice, /: -common\s*$/);
    });

    test('groups_have_names_rare_values_wait_and_languages_are_named', async () => {
      await show('<samara-search mode="page"></samara-search>');
      await search(page, 'common');
      const names = await ask("[...root.querySelectorAll('.facet-name')].map((node) => node.textContent)");
      assert.deepEqual(/** @type {string[]} */ (names).toSorted(), ['Language', 'Topic']);
      const values = (/** @type {string} */ field) =>
        ask(
          `[...root.querySelectorAll('[data-field=${field}] [part=facet] > :first-child')].map((node) => node.textContent)`,
        );
      // That of the page comes first, though the other has as many.
      assert.deepEqual(await values('lang'), ['English', 'German']);
      assert.deepEqual(/** @type {string[]} */ (await values('tag')).toSorted(), ['even', 'odd']);
      await click(page, '[data-field=tag] [part=unfold]');
      assert.deepEqual(/** @type {string[]} */ (await values('tag')).toSorted(), ['even', 'odd', 'rare']);
    });

    test('a_chip_row_is_one_row_and_a_passage_two_lines', async () => {
      await page.look({ phone: true });
      await show('<samara-search mode="page"></samara-search>');
      await search(page, 'common');
      const heights = await ask(
        "['.as-chips', '.snippet'].map((part) => { const node = root.querySelector(part); return [node.clientHeight, parseFloat(getComputedStyle(node).lineHeight)]; })",
      );
      const [[row], [passage, line]] = /** @type {number[][]} */ (heights);
      assert.ok(row < 60 && passage <= 2 * line + 1, JSON.stringify(heights));
      await page.look({});
    });

    test('milliseconds_are_shown_only_where_asked', async () => {
      await show('<samara-search mode="page"></samara-search>');
      assert.equal((await search(page, 'common')).count, '12 results');
      await ask('element.timing = true');
      await until(page, ({ count }) => /12 results · [\d.]+ ms/.test(count));
    });

    test('fields_can_be_lists_boxes_and_spans', async () => {
      await show(
        '<samara-search mode="page" facets="tag:checkboxes lang:select date:range" limit="20"></samara-search>',
      );
      await search(page, 'common');
      await click(page, '[data-field=tag] input');
      const some = await until(page, ({ options }) => options.length > 0 && options.length < 12);
      assert.ok(await ask("root.querySelector('[data-field=tag] input').checked"));
      await click(page, '[data-field=tag] input');
      await until(page, ({ options }) => options.length === 12);
      assert.ok(some.options.length >= 6);
      await ask(
        "(() => { const select = root.querySelector('[part=select]'); select.value = 'de'; select.dispatchEvent(new Event('change')); })()",
      );
      await until(page, ({ options }) => options.length === 4);
      await ask(
        "(() => { const select = root.querySelector('[part=select]'); select.value = ''; select.dispatchEvent(new Event('change')); })()",
      );
      await until(page, ({ options }) => options.length === 12);
      await ask(
        "(() => { const input = root.querySelector('[part=date]'); input.value = '2023-09-01'; input.dispatchEvent(new Event('change')); })()",
      );
      await until(page, ({ options }) => options.length === 1);
    });

    test('an_empty_box_shows_the_latest_where_the_site_asks', async () => {
      await show('<samara-search mode="page" browse></samara-search>');
      const { options, count } = await until(page, ({ options }) => options.length === 10);
      assert.deepEqual([count, options[0].title], ['Latest', 'Guide 8']);
      await click(page, '[data-field=lang] [part=facet]');
      await until(page, ({ options }) => options.length === 8);
      await search(page, 'common');
      await page.press('Escape');
      await until(page, ({ count }) => count === 'Latest');
    });

    test('hits_are_grouped_by_a_field', async () => {
      await show('<samara-search mode="page" group="lang" limit="6"></samara-search>');
      await search(page, 'common');
      const groups = () =>
        ask(
          "[...root.querySelectorAll('[data-group]')].map((group) => [group.dataset.group, group.querySelectorAll('[role=option]').length])",
        );
      const count = (/** @type {any} */ groups) =>
        groups.reduce((/** @type {number} */ sum, /** @type {any} */ [, hits]) => sum + hits, 0);
      assert.equal(count(await groups()), 6);
      await click(page, '[part=more]');
      await until(page, ({ options }) => options.length === 12);
      const all = /** @type {[string, number][]} */ (await groups());
      assert.deepEqual(all.toSorted(), [
        ['de', 4],
        ['en', 8],
      ]);
    });

    test('the_first_hit_is_active_where_the_site_asks', async () => {
      await show('<samara-search mode="page" first></samara-search>');
      assert.equal((await search(page, 'common')).active, 0);
    });

    test('pictures_are_shown_and_addresses_that_are_none_are_not', async () => {
      await show('<samara-search mode="page" image="image" limit="20"></samara-search>');
      await search(page, 'common');
      const pictures = await ask("[...root.querySelectorAll('img')].map((node) => node.getAttribute('src'))");
      assert.equal(/** @type {string[]} */ (pictures).length, 11);
      assert.ok(/** @type {string[]} */ (pictures).every((src) => src.startsWith(`${server.address}pictures/`)));
    });

    test('a_template_of_the_page_makes_the_hits', async () => {
      await show(
        '<samara-search mode="page"><template><strong data-field="title"></strong><em data-field="tag"></em><time data-field="date"></time><img data-field="image" alt=""><i data-field="nothing">x</i></template></samara-search>',
      );
      await search(page, '"guide number 1"');
      const seen = await ask(
        "(() => { const hit = root.querySelector('.hit'); return ['strong', 'em', 'time', 'img', 'i', 'mark'].map((name) => hit.querySelector(name)?.textContent ?? null); })()",
      );
      assert.deepEqual(seen, ['Guide 1', 'even', 'Feb 11, 2023', null, null, null]);
    });

    test('a_page_makes_hits_itself', async () => {
      await show('<samara-search mode="page"></samara-search>');
      await page.eval(() => {
        /** @type {any} */ (document.querySelector('samara-search')).renderHit = (/** @type {any} */ hit) => {
          const node = document.createElement('b');
          node.textContent = `* ${hit.title} <i>`;
          return node;
        };
      });
      const { options } = await search(page, '"guide number 1"');
      assert.equal(options[0].text, '* Guide 1 <i>');
      assert.ok(options[0].href.endsWith('/1.html'));
    });

    test('code_of_the_page_asks_the_engine_of_the_element', async () => {
      await show('<samara-search mode="page"></samara-search>');
      await page.eval(() => {
        const { Worker } = window;
        let workers = 0;
        Object.assign(window, {
          workers: () => workers,
          Worker: class extends Worker {
            constructor(/** @type {string} */ url, /** @type {any} */ options) {
              super(url, options);
              workers++;
            }
          },
        });
      });
      await search(page, 'common');
      const seen = await page.eval(async () => {
        const element = /** @type {any} */ (document.querySelector('samara-search'));
        const own = await element.search;
        const other = await /** @type {any} */ (window).samara.open();
        const totals = [(await own.query('common')).total, (await other.query('common')).total];
        own.close();
        other.close();
        const late = await own.query('common').catch((/** @type {any} */ error) => error.code);
        return [...totals, late, /** @type {any} */ (window).workers()];
      });
      assert.deepEqual(seen, [12, 12, 'closed', 1]);
      assert.ok((await search(page, 'guide')).options.length > 0);
    });

    test('a_folder_that_the_command_wrote_is_known_by_its_manifest', async () => {
      server.options.pages = { '/page': html('<samara-search mode="page" src="/"></samara-search>') };
      await page.goto(`${server.address}page`);
      assert.equal((await search(page, 'common')).options.length, 10);
      const total = await page.eval(
        async () => (await (await /** @type {any} */ (window).samara.open('/')).query('common')).total,
      );
      assert.equal(total, 12);
      await eventually(() => server.requests.includes('/samara.manifest'));
      assert.ok((await stateOf(page)).options.length > 0);
    });
  });
});
