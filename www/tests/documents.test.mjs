/** A site whose pages have sections and near-duplicates: what is folded, and hits within the page that one is on. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { audit, axeScript } from './axe.mjs';
import { search, stateOf } from './searching.mjs';
import { html, inEachBrowser, withPage } from './suite.mjs';
import { eventually } from './waiting.mjs';

const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));

const ROOMS = ['Harbour', 'Kitchen', 'Cellar', 'Attic', 'Garden', 'Stairs'];
const MANUAL = html(
  `<samara-search mode="modal"></samara-search><main><h1>Lantern manual</h1><p>Where each lantern hangs.</p>
${ROOMS.map((room) => `<h2 id="${room.toLowerCase()}">${room}</h2><p>The lantern of the ${room.toLowerCase()} burns with a wick of its own until morning.</p>`).join('\n')}</main>`,
  {
    title: 'Lantern manual',
    head: '<script src="/search/samara.js" defer></script>',
  },
);

const STYLES = 'body { background: light-dark(#fff, #101514); color: light-dark(#222, #eee); }';

const REPORT = `A storm blew out every beacon along the northern shore last night. Keepers rowed from rock to rock with oil and dry matches, and before
dawn all of them were burning again. Two boats waited outside the bay until they saw the third beacon and came in with the tide. Nobody was hurt.
The harbour master thanked the keepers and promised new glass before winter, since half of the panes had cracked in the wind. Until then
every keeper has a spare pane of his own and a boat that is not to leave its rock. The wind turned to the west in the morning and fell by noon.
Fishermen found two barrels of oil adrift and brought them back. Children from the village carried bread to the rocks, and the school stayed
closed until the tide had gone out again. Nobody could remember a night on which all lights of that shore had been out at once, not even the
oldest of the pilots, who has seen more of them than he cares to count.`;

describe('a site of several documents', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-documents-'));
    const site = join(folder, 'site');
    await mkdir(site);
    await writeFile(join(site, 'manual.html'), MANUAL);
    for (const name of ['first', 'second', 'third']) {
      const title = `Beacons lit again, ${name} report`;
      await writeFile(
        join(site, `${name}.html`),
        html(`<main><h1>${title}</h1><p>${REPORT}</p></main>`, { title, head: '' }),
      );
    }
    await promisify(execFile)(SAMARA, ['build', site, '-o', join(site, 'search')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('its hits', (browser) => {
    const { server, page } = withPage(browser, {
      folder: () => join(folder, 'site'),
      options: { pages: { '/axe.js': axeScript, '/page.css': STYLES } },
      silent: true,
    });

    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      /** @param {string} query */
      const find = async (query) => {
        server.options.pages = {
          ...server.options.pages,
          '/page': html('<main><h1>Page</h1><samara-search mode="page"></samara-search></main>', {
            scheme,
            head: '<link rel="stylesheet" href="/page.css"><script src="/search/samara.js" defer></script><script src="/axe.js" defer></script>',
          }),
        };
        await page.goto(`${server.address}page`);
        return (await search(page, query)).options;
      };

      test(`have_sections_beneath_accessibly_${scheme}`, async () => {
        const [hit, ...sections] = await find('lantern');
        assert.equal(hit.title, 'Lantern manual');
        assert.deepEqual([sections.length, sections[3].title], [4, '3 more on this page']);
        assert.deepEqual(await audit(page), { violations: [], incomplete: [] });
        await page.press('ArrowUp');
        await page.press('Enter');
        const { options } = await stateOf(page);
        assert.equal(options.length, 7);
        for (const { title, href } of options.slice(1))
          assert.equal(href, `${server.address}manual.html#${title.toLowerCase()}`);
        assert.deepEqual(await audit(page), { violations: [], incomplete: [] });
      });

      test(`fold_near_duplicates_accessibly_${scheme}`, async () => {
        const folded = await find('beacon');
        assert.deepEqual([folded.length, folded[1].title], [2, 'Also reported by 2 others']);
        assert.deepEqual(await audit(page), { violations: [], incomplete: [] });
        await page.press('ArrowUp');
        await page.press('Enter');
        const { options, active } = await stateOf(page);
        assert.deepEqual(
          options.map(({ title }) => title.replace(/, \w+ /, ' ')),
          Array(3).fill('Beacons lit again report'),
        );
        // The first of what was folded is active in its place.
        assert.equal(active, 1);
        assert.deepEqual(await audit(page), { violations: [], incomplete: [] });
      });
    }

    test('in_the_page_itself_close_the_dialog', async () => {
      await page.goto(`${server.address}manual.html`);
      await search(page, 'lantern kitchen');
      await page.press('ArrowDown');
      await page.press('ArrowDown');
      const { options, active } = await stateOf(page);
      assert.match(options[active].href, /\/manual\.html#\w/);
      await page.press('Enter');
      await eventually(
        () => page.eval(() => !(/** @type {any} */ (document.querySelector('samara-search')).isOpen)),
        'the dialog to close',
      );
      assert.equal(await page.address(), options[active].href);
      await page.eval(() => new Promise((resolve) => setTimeout(resolve, 100)));
      assert.equal(await page.address(), options[active].href);
    });
  });
});
