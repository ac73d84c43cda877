/** Chromium and Firefox, driven by puppeteer. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { PATIENCE } from './waiting.mjs';

const CHROMIUM_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * @param {string} name `chromium` or `firefox`
 * @param {string[]} [flags] of Chromium, beside its own
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export async function launch(name, flags = []) {
  const chromium = name === 'chromium';
  const profile = await mkdtemp(join(tmpdir(), 'samara-browser-'));
  const native = await puppeteer.launch({
    timeout: PATIENCE,
    // Some tests ask thousands of queries in one call.
    protocolTimeout: 10 * PATIENCE,
    ...(chromium
      ? {
          browser: 'chrome',
          executablePath: process.env.SAMARA_CHROMIUM ?? process.env.CHROME ?? '/usr/bin/chromium',
          userDataDir: profile,
          args: [...CHROMIUM_FLAGS, ...flags],
        }
      : { browser: 'firefox', executablePath: process.env.SAMARA_FIREFOX ?? '/usr/bin/firefox-esr', headless: true }),
  });
  return {
    name,
    canLook: chromium,
    async open() {
      const page = pageOf(await (await native.createBrowserContext()).newPage(), chromium);
      await page.look({});
      return page;
    },
    async close() {
      await native.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @param {import('puppeteer-core').Page} page
 * @param {boolean} chromium
 * @returns {import('./browser.mjs').Page}
 */
function pageOf(page, chromium) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const asked = [];
  /** @type {Promise<import('puppeteer-core').CDPSession> | undefined} */
  let session;
  const protocol = () => {
    session ??= page.createCDPSession();
    return session;
  };
  page.setDefaultTimeout(PATIENCE);
  // Firefox asks for an icon that no page named, and complains when the policy forbids it.
  const note = (/** @type {string} */ problem) => problem.includes('/favicon.ico') || problems.push(problem);
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  page.on('request', (request) => asked.push(request.url()));
  return {
    problems: async () => problems,
    asked: async () => asked,
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
    async drag(from, to) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 5 });
      await page.mouse.up();
    },
    ...(chromium
      ? {
          protocol: (/** @type {any} */ method, /** @type {any} */ params) =>
            protocol().then((session) => session.send(method, params)),
        }
      : {}),
    screenshot: async (path) => void (await page.screenshot({ path: /** @type {`${string}.png`} */ (path) })),
    async look({ dark = false, forcedColors = false, width = 1100, height = 800, phone = false }) {
      if (!chromium) return page.setViewport(phone ? { width: 390, height: 844 } : { width, height });
      // puppeteer's own call does not know forced colours.
      const session = await protocol();
      await session.send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
          { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
        ],
      });
      await page.setViewport(
        phone ? { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true } : { width, height },
      );
    },
    close: () => page.browserContext().close(),
  };
}
