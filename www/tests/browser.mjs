/**
 * Browsers as the tests see them: a thin layer, so that one suite runs in several engines.
 * `SAMARA_BROWSERS` names them (`chromium,firefox,webkit`; Chromium alone unless told).
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

/** Names of the browsers that this run is about. */
export const browserNames = (process.env.SAMARA_BROWSERS ?? 'chromium').split(',');

/**
 * @typedef {object} Look
 * @property {boolean} [dark]
 * @property {boolean} [forcedColors]
 * @property {number} [width]
 * @property {number} [height]
 * @property {boolean} [phone]
 */

/**
 * @typedef {object} Page
 * @property {(address: string) => Promise<void>} goto
 * @property {() => Promise<string>} address of what it shows
 * @property {<A extends unknown[], R>(run: (...args: A) => R, ...args: A) => Promise<Awaited<R>>} eval runs a function in the page
 * @property {(text: string) => Promise<void>} type
 * @property {(key: string, ...held: string[]) => Promise<void>} press with held modifier keys
 * @property {(x: number, y: number) => Promise<void>} clickAt
 * @property {(path: string) => Promise<void>} screenshot
 * @property {(look: Look) => Promise<void>} look
 * @property {string[]} problems what the console complained of
 * @property {string[]} asked addresses that the page and its workers asked for, as far as the browser tells
 * @property {() => Promise<void>} close
 */

/** @typedef {{ name: string, open(): Promise<Page>, close(): Promise<void>, native?: import('puppeteer-core').Browser }} Browser */

/**
 * @param {string} name
 * @returns {Promise<Browser>}
 */
export async function launch(name) {
  const profile = await mkdtemp(join(tmpdir(), 'samara-browser-'));
  const native = await puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.SAMARA_CHROMIUM ?? process.env.CHROME ?? '/usr/bin/chromium',
    userDataDir: profile,
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  });
  return {
    name,
    native,
    open: async () => puppeteerPage(await (await native.createBrowserContext()).newPage()),
    async close() {
      await native.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @param {import('puppeteer-core').Page} page
 * @returns {Page}
 */
function puppeteerPage(page) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const asked = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  return {
    problems,
    asked,
    goto: async (address) => void (await page.goto(address, { waitUntil: 'load' })),
    address: async () => page.url(),
    eval: (run, ...args) => page.evaluate(/** @type {any} */ (run), ...args),
    type: (text) => page.keyboard.type(text),
    async press(key, ...held) {
      for (const other of held) await page.keyboard.down(/** @type {any} */ (other));
      await page.keyboard.press(/** @type {any} */ (key));
      for (const other of held.reverse()) await page.keyboard.up(/** @type {any} */ (other));
    },
    clickAt: (x, y) => page.mouse.click(x, y),
    screenshot: async (path) => void (await page.screenshot({ path: /** @type {`${string}.png`} */ (path) })),
    async look({ dark = false, forcedColors = false, width = 1100, height = 800, phone = false }) {
      // puppeteer's own call does not know forced colours.
      const session = await page.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
          { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
        ],
      });
      await page.setViewport(phone ? { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true } : { width, height });
    },
    close: () => page.browserContext().close(),
  };
}

/**
 * Where a person can look at them afterwards.
 * @param {string} name
 * @returns {Promise<string | undefined>} nothing unless `SAMARA_SCREENSHOTS` names a folder
 */
export async function screenshotPath(name) {
  const folder = process.env.SAMARA_SCREENSHOTS;
  if (!folder) return undefined;
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
