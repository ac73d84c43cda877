/** `pagefind-highlight.js`: the words that an address carries are marked, as every option of it says. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { html, inEachBrowser, withPage } from './suite.mjs';

const SOURCES = fileURLToPath(new URL('../pagefind', import.meta.url));
const TEXT = `<p id="out">Oak outside.</p>
<main data-pagefind-body><p id="in">An oak, OAKS and a Café: C++, a well-known "oak tree" (or 1/2).</p>
<p id="left" data-pagefind-ignore>oak <b>oak</b></p><p id="ad" class="ad">oak</p><textarea>oak</textarea></main>`;

describe('the script that marks words', () => {
  inEachBrowser('pagefind-highlight.js', (browser) => {
    const { page, server } = withPage(browser, { folder: SOURCES, silent: true });

    /**
     * What is marked in which paragraph of the page.
     * @param {string} query of the address
     * @param {string} [options] of the script
     */
    async function marked(query, options = '{}') {
      server.options.pages = {
        '/page': html(
          `${TEXT}<script type="module">import '/highlight.js'; new PagefindHighlight(${options}); window.done = true;</script>`,
          { head: '' },
        ),
      };
      await page.goto(`${server.address}page?${query}`);
      return page.eval(async () => {
        while (!(/** @type {any} */ (window).done)) await new Promise((resolve) => setTimeout(resolve, 10));
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const mark of document.querySelectorAll('[data-markjs]')) {
          const { id } = /** @type {Element} */ (mark.closest('p'));
          found[id] ??= [];
          found[id].push(mark.textContent ?? '');
        }
        return found;
      });
    }
    const oak = 'pagefind-highlight=oak';

    test('marks_parts_of_words_in_what_the_page_calls_its_content', async () => {
      assert.deepEqual(await marked(oak), { in: ['oak', 'OAK', 'oak'], ad: ['oak'] });
      assert.deepEqual(await marked(''), {});
      assert.equal(await page.eval(() => document.querySelector('textarea')?.value), 'oak');
    });

    for (const [word, expected] of [
      ['cafe', ['Café']],
      ['café', ['Café']],
      ['oak tree', ['oak tree']],
      ['well-known', ['well-known']],
      ['c++', ['C++']],
      ['(or 1/2)', ['(or 1/2)']],
      ['<img src=x>', []],
      ['[a-', []],
      ['&', []],
    ]) {
      test(`takes_words_as_they_are: ${word}`, async () => {
        assert.deepEqual((await marked(`pagefind-highlight=${encodeURIComponent(String(word))}`)).in ?? [], expected);
      });
    }

    for (const [options, expected] of /** @type {[string, Record<string, string[]>][]} */ ([
      ["{ highlightParam: 'hl' }", {}],
      ["{ markContext: '#out' }", { out: ['Oak'] }],
      ["{ markContext: document.querySelector('#out') }", { out: ['Oak'] }],
      ["{ markContext: document.querySelectorAll('#out, #ad') }", { out: ['Oak'], ad: ['oak'] }],
      ["{ markOptions: { exclude: ['.ad'] } }", { in: ['oak', 'OAK', 'oak'], left: ['oak', 'oak'] }],
      ["{ markOptions: { accuracy: 'exactly' } }", { in: ['oak', 'oak'], ad: ['oak'] }],
      ['{ markOptions: { caseSensitive: true } }', { in: ['oak', 'oak'], ad: ['oak'] }],
    ])) {
      test(`does_as_it_is_told: ${options}`, async () => assert.deepEqual(await marked(oak, options), expected));
    }

    test('has_names_of_its_own_for_marks_and_a_colour_unless_told', async () => {
      const look = () =>
        page.eval(() => {
          const mark = /** @type {Element} */ (document.querySelector('[data-markjs]'));
          return [mark.localName, mark.className, document.adoptedStyleSheets.length];
        });
      await marked(oak);
      assert.deepEqual(await look(), ['mark', 'pagefind-highlight', 1]);
      await marked(oak, "{ addStyles: false, markOptions: { element: 'em', className: 'found' } }");
      assert.deepEqual(await look(), ['em', 'found', 0]);
      await marked(oak, '{ markOptions: {} }');
      assert.deepEqual(await look(), ['mark', 'pagefind__highlight', 1]);
    });

    test('words_of_another_parameter_are_marked_where_it_says_so', async () => {
      assert.deepEqual(await marked('hl=outside&hl=tree', "{ highlightParam: 'hl', markContext: 'body' }"), {
        out: ['outside'],
        in: ['tree'],
      });
    });
  });
});
