/**
 * Runs the bench page in a real browser and prints what it measured as JSON:
 *
 *     node bench/run.mjs --site DIR
 */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch } from '../tests/browser.mjs';
import { serve } from '../tests/server.mjs';

const { values } = parseArgs({ options: { site: { type: 'string' }, browser: { type: 'string', default: 'chromium' } } });
if (!values.site) throw new Error('usage: node bench/run.mjs --site DIR [--browser NAME]');

/** @param {string} name */
const own = (name) => readFile(new URL(name, import.meta.url), 'utf8');

const server = await serve(values.site, { isolated: true, pages: { '/bench.html': await own('index.html'), '/bench.js': await own('bench.js') } });
const browser = await launch(values.browser);
const page = await browser.open();
await page.goto(`${server.address}bench.html`);
let text = '';
for (const end = Date.now() + 180000; Date.now() < end;) {
  text = await page.eval(() => document.getElementById('result')?.textContent ?? '');
  if (text.startsWith('{')) break;
  await new Promise((resolve) => setTimeout(resolve, 200));
}
await browser.close();
await server.close();
console.log(text);
if (!text.startsWith('{') || 'error' in JSON.parse(text)) process.exitCode = 1;
