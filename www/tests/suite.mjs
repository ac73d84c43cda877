/** The frame of all suites: a browser of each engine of this run, with pages and servers that come and go with the tests. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe } from 'node:test';
import { browserNames, launch } from './browser.mjs';
import { SITE } from './searching.mjs';
import { serve } from './server.mjs';

/**
 * Declares the same tests for each browser.
 * @param {string} subject
 * @param {(browser: import('./browser.mjs').Browser, name: string) => void} declare the browser runs as soon as tests do
 */
export function inEachBrowser(subject, declare) {
  for (const name of browserNames) {
    describe(`${subject} in ${name}`, () => {
      /** @type {import('./browser.mjs').Browser} */
      let browser;
      before(async () => {
        browser = await launch(name);
      });
      declare(
        current(() => browser),
        name,
      );
      // Hooks run in the order of their declaration: what the tests opened is closed by now.
      after(() => browser.close());
    });
  }
}

/**
 * A server and a page for each test of the suite that this is called in.
 * @param {import('./browser.mjs').Browser} browser
 * @param {object} [setting]
 * @param {string | (() => string)} [setting.folder] that is served; the built site unless told
 * @param {import('./server.mjs').Options} [setting.options]
 * @param {boolean} [setting.shared] one server and page for all tests of the suite
 * @param {boolean} [setting.silent] the console must have nothing to complain of
 */
export function withPage(browser, { folder = SITE, options = {}, shared = false, silent = false } = {}) {
  /** @type {import('./server.mjs').Server} */
  let server;
  /** @type {import('./browser.mjs').Page} */
  let page;
  (shared ? before : beforeEach)(async () => {
    server = await serve(typeof folder === 'string' ? folder : folder(), structuredClone(options));
    page = await browser.open();
  });
  (shared ? after : afterEach)(async () => {
    // Whatever becomes of the page, the server must not be left behind, which would keep this run from ending.
    try {
      const problems = silent ? await page?.problems() : [];
      await page?.close();
      assert.deepEqual(problems, []);
    } finally {
      await server?.close();
    }
  });
  return { server: current(() => server), page: current(() => page) };
}

/**
 * Stands for what a variable holds at the time, so that suites can name what their hooks will make.
 * @template {object} T
 * @param {() => T} held
 * @returns {T}
 */
function current(held) {
  return new Proxy(/** @type {T} */ ({}), { get: (_, name) => held()[/** @type {keyof T} */ (name)] });
}

/**
 * A page of a site.
 * @param {string} body
 * @param {{ lang?: string, title?: string, head?: string, scheme?: 'light' | 'dark' | 'light dark' }} [setting]
 */
export function html(
  body,
  { lang = 'en', title = 'test', head = '<script src="/samara.js" defer></script>', scheme = 'light dark' } = {},
) {
  return `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="${scheme}"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}
