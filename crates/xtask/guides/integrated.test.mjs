/**
 * The search that a package puts into the site of a generator, as a visitor meets it: where the theme has it, opened, typed
 * into, and followed to a page that holds what was looked for. `cargo xtask test --guides` calls this for each.
 */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch } from '../../../www/tests/browser.mjs';
import { serve } from '../../../www/tests/server.mjs';

const { SAMARA_INTEGRATED: site = '', SAMARA_SUB_PATH: subPath = '', SAMARA_PAGE: path = '' } = process.env;
if (!site) throw new Error('SAMARA_INTEGRATED is not set; call this by `cargo xtask test --guides`');

/**
 * What `look` sees, as soon as it is something.
 * @template T
 * @param {() => Promise<T>} look
 * @returns {Promise<NonNullable<T>>}
 */
async function seen(look) {
  for (const end = Date.now() + 30_000; ;) {
    // On the way to another page there is none to look at.
    const found = await look().catch((error) => (error.message.includes('navigation') ? undefined : Promise.reject(error)));
    if (found) return found;
    assert.ok(Date.now() < end, `nothing was seen by ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test(`${subPath}/${path} is searched`, async () => {
  const root = mkdtempSync(join(tmpdir(), 'samara-site-'));
  cpSync(site, join(root, subPath), { recursive: true });
  const server = await serve(root);
  const browser = await launch('chromium');
  try {
    const page = await browser.open();
    await page.goto(`${server.address}${subPath}/${path.replace(/(^|\/)index\.html$/, '$1')}`);
    // Themes put some of their searches where only narrow screens show them.
    const isShown = () => page.eval(() => {
      const host = /** @type {any} */ ([...document.querySelectorAll('samara-search')].find((one) => one.checkVisibility() && one.getBoundingClientRect().width > 20));
      if (!host?.open || !host.shadowRoot) return false;
      host.id = 'met';
      host.open();
      return true;
    });
    await seen(isShown);
    const typed = () => page.eval(() => /** @type {any} */ (document.getElementById('met')).value);
    await seen(() => page.eval(() => document.getElementById('met')?.shadowRoot?.activeElement?.matches('input')));
    await page.type('sourdough');
    assert.equal(await typed(), 'sourdough');
    const hit = await seen(() => page.eval(() => {
      const links = document.getElementById('met')?.shadowRoot?.querySelectorAll('a[href]') ?? [];
      return [.../** @type {Iterable<HTMLAnchorElement>} */ (links)].find((link) => link.checkVisibility())?.href;
    }));
    assert.ok(hit.startsWith(`${server.address}${subPath}/`), hit);
    await page.press('ArrowDown');
    await page.press('Enter');
    // Routers have clean addresses, whatever a file is called.
    const landed = hit.split('#')[0].replace(/(index)?\.html$/, '');
    await seen(async () => (await page.address()).startsWith(landed) || undefined);
    await seen(() => page.eval(() => /sourdough/i.test(document.body?.innerText ?? '')));
  } finally {
    await browser.close();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
});
