/**
 * What a visitor fetches and waits for on a site that was made for Pagefind, before and behind the change of its command:
 *
 *     node bench/pagefind.mjs --samara DIR --pagefind DIR --queries "WORDS, WORDS, …"
 *
 * The folders are bundles of the same pages. Both are asked by the same lines of JavaScript, turn by turn in one browser: a
 * search, and the data of the first results. What is compressed by no build counts as brotli sends it.
 */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch } from '../tests/browser.mjs';
import { serve } from '../tests/server.mjs';

/** Results whose data is read: a page of Pagefind's default interface. */
const SHOWN = 5;

const text = { type: /** @type {const} */ ('string') };
const { values } = parseArgs({ options: { samara: text, pagefind: text, queries: text } });
const { samara, pagefind, queries } = values;
if (!samara || !pagefind || !queries) {
  throw new Error('usage: node bench/pagefind.mjs --samara DIR --pagefind DIR --queries "WORDS, WORDS, …"');
}

/** @typedef {{ requests: number, bytes: number, ms: number }} Cost */

/** Sizes by file, since brotli takes its time. @type {Map<string, Promise<number>>} */
const known = new Map();

const words = queries.split(',').map((query) => query.trim());
const browser = await launch('chromium');
try {
  const engines = [
    { name: 'Samara', folder: samara, first: /** @type {Cost[]} */ ([]), later: /** @type {Cost[]} */ ([]) },
    { name: 'Pagefind', folder: pagefind, first: /** @type {Cost[]} */ ([]), later: /** @type {Cost[]} */ ([]) },
  ];
  for (const [number, query] of words.entries()) {
    const next = words[(number + 1) % words.length];
    for (const { folder, first, later } of engines) {
      const [one, other] = await visit(folder, [query, next]);
      first.push(one);
      later.push(other);
    }
  }
  const columns = ['all files', 'kB', 'first: requests', 'kB', 'ms', 'later: requests', 'kB', 'ms'];
  console.log(['medians'.padEnd(10), ...columns.map((column) => column.padStart(16))].join(''));
  for (const { name, folder, first, later } of engines) {
    const all = await filesOf(folder);
    const whole = all.reduce((sum, { size }) => sum + size, 0);
    const row = [String(all.length), kilobytes(whole)];
    for (const costs of [first, later]) {
      row.push(String(median(costs.map(({ requests }) => requests))));
      row.push(kilobytes(median(costs.map(({ bytes }) => bytes))), median(costs.map(({ ms }) => ms)).toFixed(0));
    }
    console.log([name.padEnd(10), ...row.map((cell) => cell.padStart(16))].join(''));
  }
} finally {
  await browser.close();
}

/**
 * A visit that has nothing kept yet.
 * @param {string} folder
 * @param {string[]} questions
 * @returns {Promise<Cost[]>} of each question
 */
async function visit(folder, questions) {
  // A server of its own is an origin of its own, of which the browser has kept nothing.
  const server = await serve(folder, { pages: { '/page': '<!DOCTYPE html><html lang="en"><title>x</title>' } });
  const page = await browser.open();
  try {
    await page.goto(`${server.address}page`);
    const costs = [];
    for (const question of questions) {
      const before = server.requests.length;
      const ms = await page.eval(
        async (question, shown) => {
          const start = performance.now();
          const { search } = await import(/** @type {string} */ ('/pagefind.js'));
          const { results } = await search(question);
          const data = await Promise.all(results.slice(0, shown).map((/** @type {any} */ result) => result.data()));
          if (!data.length) throw new Error(`${question}: no result`);
          return performance.now() - start;
        },
        question,
        SHOWN,
      );
      const asked = server.requests.slice(before).filter((path) => path !== '/page');
      const sizes = await Promise.all(asked.map((path) => sent(join(folder, path.split('?')[0]))));
      costs.push({ requests: asked.length, bytes: sizes.reduce((sum, size) => sum + size, 0), ms });
    }
    return costs;
  } finally {
    await page.close();
    await server.close();
  }
}

/**
 * @param {string} file
 * @returns {Promise<number>} its bytes as they are sent
 */
function sent(file) {
  const compressed = async () => {
    const bytes = await readFile(file);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
    return Math.min(bytes.length, brotli.length);
  };
  const size = known.get(file) ?? compressed();
  known.set(file, size);
  return size;
}

/** @param {string} folder */
async function filesOf(folder) {
  const names = await readdir(folder, { recursive: true });
  const all = await Promise.all(names.map((name) => stat(join(folder, name))));
  return all.filter((one) => one.isFile());
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
