/** The live page of docs/theming.md. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SITE, until } from './searching.mjs';
import { inEachBrowser, withPage } from './suite.mjs';

const LIVE = readFileSync(new URL('../../docs/theming-live.html', import.meta.url), 'utf8');

describe('the live page', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-theming-'));
    await cp(SITE, join(folder, 'samara'), { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  inEachBrowser('of themes', (browser) => {
    const { server, page } = withPage(browser, {
      folder: () => folder,
      options: { pages: { '/live': LIVE.replace('content="light dark"', 'content="light"') } },
    });

    test('it_starts_from_the_values_in_force_and_shows_each_state', async () => {
      await page.goto(`${server.address}live`);
      const values = () =>
        page.eval(() =>
          ['accent', 'surface', 'mark-text', 'radius', 'size'].map(
            (role) => /** @type {HTMLInputElement} */ (document.getElementById(role)).value,
          ),
        );
      assert.deepEqual(await values(), ['#0b5d4e', '#ffffff', '#33270a', '12', '16']);
      await until(page, ({ options }) => options.length > 0, '#answer');
      await until(page, ({ message }) => message.includes('No results'), '#nothing');
      await until(page, ({ message }) => message.includes('not available'), '#fault');

      const css = await page.eval(() => {
        const change = (/** @type {string} */ id, /** @type {string} */ value, /** @type {string} */ type) => {
          Object.assign(/** @type {HTMLElement} */ (document.getElementById(id)), { value }).dispatchEvent(
            new Event(type),
          );
        };
        change('accent', '#123456', 'input');
        change('scheme', 'dark', 'change');
        return document.getElementById('css')?.textContent?.replaceAll(/\s+/g, ' ');
      });
      assert.equal(css, 'samara-search { --samara-accent: #123456; }');
      assert.deepEqual(await values(), ['#123456', '#171d1b', '#ffeeb8', '12', '16']);
    });
  });
});
