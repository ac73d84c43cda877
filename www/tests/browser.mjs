/**
 * Browsers as the tests see them: a thin layer, so that one suite runs in several engines.
 * `SAMARA_BROWSERS` names them (`chromium,firefox,webkit`; Chromium alone unless told).
 */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
 * @property {() => Promise<string[]>} problems that the console complained of
 * @property {() => Promise<string[]>} asked addresses that the page asked for, as far as the browser tells
 * @property {() => Promise<void>} close
 */

/** @typedef {{ name: string, canLook: boolean, open(): Promise<Page>, close(): Promise<void> }} Browser `canLook`: dark and forced colours can be set */

/**
 * @param {string} name
 * @returns {Promise<Browser>}
 */
export async function launch(name) {
  const { launch } = await import(name === 'webkit' ? './browser-webdriver.mjs' : './browser-puppeteer.mjs');
  return launch(name);
}

/** Where a person can look at them afterwards; `SAMARA_SCREENSHOTS` names another folder. */
const SCREENSHOTS =
  process.env.SAMARA_SCREENSHOTS ?? fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/**
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function screenshotPath(name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  return join(SCREENSHOTS, `${name}.png`);
}
