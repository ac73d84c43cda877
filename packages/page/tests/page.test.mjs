/**
 * The page that builds, as its users have it: in each engine, with files, a zip, a thousand pages, rubbish, and without a
 * network. `SAMARA_PAGE_FOLDER` names the built page. Called by `cargo xtask test --packages`.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { zipSync } from 'fflate';
import { browserNames, launch, screenshotPath } from '../../../www/tests/browser.mjs';
import { serve } from '../../../www/tests/server.mjs';

const FOLDER = process.env.SAMARA_PAGE_FOLDER ?? '';
if (!FOLDER) throw new Error('SAMARA_PAGE_FOLDER is not set; call this by `cargo xtask test --packages`');

/** Milliseconds that a thousand pages may take in Chromium; others are told. */
const LIMIT = 20_000;

/**
 * Gives files to the page, as somebody would who chooses them.
 * @param {import('../../../www/tests/browser.mjs').Page} page
 * @param {[string, string | number[]][]} files
 */
function choose(page, files) {
  return page.eval((files) => {
    const chosen = new DataTransfer();
    for (const [name, content] of files) chosen.items.add(new File([typeof content === 'string' ? content : Uint8Array.from(content)], name));
    const input = /** @type {HTMLInputElement} */ (document.getElementById('files-input'));
    input.files = chosen.files;
    // What it says while it works.
    const said = /** @type {any} */ (window).said = /** @type {string[]} */ ([]);
    const state = /** @type {HTMLElement} */ (document.getElementById('state'));
    new MutationObserver(() => said.push(state.textContent ?? '')).observe(state, { childList: true });
    input.dispatchEvent(new Event('change'));
  }, files);
}

/**
 * What the page shows when it has built, or failed.
 * @param {import('../../../www/tests/browser.mjs').Page} page
 */
async function outcome(page, milliseconds = 120_000) {
  for (const end = Date.now() + milliseconds; ;) {
    const seen = await page.eval(() => {
      const shown = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
      if (!shown('work').hidden || shown('fault').hidden && shown('result').hidden) return null;
      return {
        fault: shown('fault').hidden ? '' : shown('fault').textContent,
        chosen: shown('chosen').textContent,
        said: /** @type {any} */ (window).said?.join('\n') ?? '',
        documents: [...shown('documents').querySelectorAll('summary, p.quiet')].map((line) => line.textContent),
        page: /** @type {HTMLAnchorElement} */ (shown('page')).textContent,
      };
    });
    if (seen) return seen;
    assert.ok(Date.now() < end, `nothing was built: ${await page.eval(() => document.getElementById('state')?.textContent)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Types into the search that was built, and gives the titles of the hits.
 * @param {import('../../../www/tests/browser.mjs').Page} page @param {string} text
 */
async function search(page, text) {
  for (let left = 200; left; left--) {
    const hits = await page.eval(async (text) => {
      const frame = document.querySelector('iframe');
      const inner = /** @type {any} */ (frame?.contentWindow);
      const element = inner?.document.querySelector('samara-search');
      if (!inner?.samara || !element) return null;
      inner.opened ??= inner.samara.open();
      const { hits } = await (await inner.opened).query(text);
      return hits.map((/** @type {any} */ hit) => hit.title);
    }, text);
    if (hits) return hits;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the search that was built does not open');
}

const TEA = '<html lang="en"><title>Tea</title><main><h1>Tea</h1><p>Peppermint dries best in the shade of the barn.</p></main></html>';
// Scraped: nothing in it says where its text is.
const BREAD = `<html lang="en"><title>Bread</title><body><div class="nav"><a href="/">Home</a> <a href="/more">More</a></div><div><div><h1>Bread</h1>${'<p>The loaf bakes for fifty minutes in a hot oven, and it cools on a rack of wood until the evening comes.</p>'.repeat(3)}</div></div><div class="share">Share this with friends</div></body></html>`;

/** A PDF of one page that says this. @param {string} text */
function pdf(text) {
  const drawn = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, number) => {
    const place = file.length;
    file += `${number + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = file.length;
  return `${file}xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
}

test('what_loads_first_is_below_two_megabytes', () => {
  const sizes = ['build.html', 'build.css', 'build.js', 'worker.js', 'offline.js', 'samara-light.wasm'].map((name) => {
    const bytes = readFileSync(join(FOLDER, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return brotliCompressSync(bytes, { params }).length;
  });
  const all = sizes.reduce((sum, size) => sum + size);
  console.log(`first load: ${all} bytes with brotli`);
  assert.ok(all < 2_000_000, `${all}: ${sizes}`);
});

for (const name of browserNames) {
  describe(`the page that builds, in ${name}`, () => {
    /** @type {import('../../../www/tests/browser.mjs').Browser} */
    let browser;
    /** @type {import('../../../www/tests/server.mjs').Server} */
    let server;
    /** @type {import('../../../www/tests/browser.mjs').Page} */
    let page;
    before(async () => void (browser = await launch(name)));
    after(() => browser.close());
    beforeEach(async () => {
      server = await serve(FOLDER, {});
      page = await browser.open();
      await page.goto(new URL('build.html', server.address).href);
    });
    afterEach(async () => {
      await page.close();
      await server.close();
    });

    test('files_become_a_search_that_answers_at_once', async () => {
      await choose(page, [['tea.html', TEA], ['notes.md', '# Rye\n\nIt is cut in July.\n'], ['empty.txt', ''], ['photo.png', [137, 80, 78, 71, 0, 1, 2]]]);
      const { fault, documents, said } = await outcome(page);
      assert.equal(fault, '');
      assert.match(documents.join('\n'), /Tea \(tea\.html\)/);
      assert.match(documents.join('\n'), /empty\.txt: empty, skipped/);
      assert.deepEqual(await search(page, 'peppermint'), ['Tea']);
      assert.deepEqual(await search(page, 'july'), ['Rye']);
      assert.doesNotMatch(said, /need a reader/);
      const path = await screenshotPath(`build-page-${name}`);
      if (path) await page.screenshot(path);
    });

    test('scraped_pages_load_what_finds_their_text_and_show_what_was_dropped', async () => {
      await choose(page, [['bread.html', BREAD], ['tea.html', TEA]]);
      const { fault, documents } = await outcome(page);
      assert.equal(fault, '');
      assert.match(documents.join('\n'), /Bread \(bread\.html\) – \d+ blocks? dropped/);
      assert.deepEqual(await search(page, 'oven'), ['Bread']);
      assert.deepEqual(await search(page, '"share this with"'), []);
    });

    test('a_pdf_loads_its_reader_and_is_found', async () => {
      await choose(page, [['rye.pdf', pdf('Rye is cut in July')], ['tea.html', TEA]]);
      const { fault, documents, said } = await outcome(page);
      assert.equal(fault, '');
      assert.match(said, /need a reader/);
      assert.match(documents.join('\n'), /rye\.pdf/);
      assert.deepEqual(await search(page, 'july'), ['rye']);
    });

    test('a_zip_is_unpacked_and_no_name_leads_out_of_it', async () => {
      const zip = zipSync({ 'site/tea.html': new TextEncoder().encode(TEA), '../../rye.md': new TextEncoder().encode('# Rye\n\nIt is cut in July.') });
      await choose(page, [['site.zip', [...zip]]]);
      const { fault, documents } = await outcome(page);
      assert.equal(fault, '');
      assert.match(documents.join('\n'), /site\/tea\.html/);
      assert.deepEqual(await search(page, 'july'), ['Rye']);
    });

    test('rubbish_is_a_sentence_and_the_page_goes_on', async () => {
      await choose(page, [['photo.png', [137, 80, 78, 71, 0, 1, 2]]]);
      assert.match((await outcome(page)).fault ?? '', /no document found/);
      await choose(page, [['broken.zip', [80, 75, 3, 4, 1, 2, 3]]]);
      assert.match((await outcome(page)).fault ?? '', /zip/i);
      await choose(page, [['broken.json', '{"a": ']]);
      assert.match((await outcome(page)).fault ?? '', /broken\.json: not valid JSON/);
      await choose(page, [['<img src=x onerror=alert(1)>.html', '<main><h1><script>alert(1)</script>Rye</h1><p>It is cut in July.</p></main>'], ['deep.html', '<div>'.repeat(30_000) + 'Rye is cut in July, when the sun is high.']]);
      assert.equal((await outcome(page)).fault, '');
      assert.deepEqual((await search(page, 'july')).length > 0, true);
    });

    test('a_thousand_pages_take_seconds', async () => {
      await page.eval(() => {
        const words = 'the herb dries in shade of barn where wind from north reaches it and then is kept tins until winter comes with snow over fields river stone bread oven loaf rye oat wheat miller wheel water mill garden bees honey'.split(' ');
        let seed = 7;
        const word = () => words[(seed = (seed * 1103515245 + 12345) % 2147483648) % words.length] + (seed % 13 ? '' : seed % 997);
        const chosen = new DataTransfer();
        for (let number = 0; number < 1000; number++) {
          const paragraphs = Array.from({ length: 12 }, () => `<p>${Array.from({ length: 70 }, word).join(' ')}.</p>`).join('\n');
          chosen.items.add(new File([`<!DOCTYPE html><html lang="en"><head><title>Page ${number}</title></head><body><nav>${'<a href="/x">Link</a> '.repeat(40)}</nav><main><h1>Page ${number}</h1>${paragraphs}</main><footer>Made by hand</footer></body></html>`], `page-${number}.html`));
        }
        const input = /** @type {HTMLInputElement} */ (document.getElementById('files-input'));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
      });
      const { fault, chosen } = await outcome(page, 300_000);
      assert.equal(fault, '');
      const seconds = Number(/in ([\d.]+) s/.exec(chosen ?? '')?.[1]);
      console.log(`1,000 pages in ${name}: ${chosen}`);
      assert.match(chosen ?? '', /^1000 documents/);
      if (name === 'chromium') assert.ok(seconds * 1000 < LIMIT, chosen ?? '');
    });

    test('it_works_when_the_network_is_gone', async () => {
      await page.eval(async () => {
        const registration = await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
        return registration.scope;
      });
      const address = new URL('build.html', server.address).href;
      await server.close();
      await page.goto(address);
      await choose(page, [['tea.html', TEA]]);
      assert.equal((await outcome(page)).fault, '');
      assert.deepEqual(await search(page, 'peppermint'), ['Tea']);
    });
  });
}
