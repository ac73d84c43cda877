/**
 * What a person waits for who types into the box: the time from the last key of a query to the frame that shows its
 * results, of Samara's element and of Pagefind's component interface, side by side in one browser:
 *
 *     node bench/widget.mjs --bundle DIR --documents FILE.jsonl --queries FILE.json [--record FILE.json]
 *
 * The files are those of `run.mjs`. Keys are real ones, and both have searched before. Exits with 1 where Samara takes more
 * than a fifth of Pagefind's time, p50.
 */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../tests/browser.mjs';
import { serve } from '../tests/server.mjs';
import { writePeers } from './peers.mjs';
import { documentsOf } from './queries.mjs';

/** Queries that are typed. */
const MANY = 40;

/** Milliseconds between two keys, as of somebody who types well. */
const CADENCE = 80;

/** Milliseconds without a change after which an answer is taken for the last one; Pagefind waits for 300 before it asks. */
const REST = 1000;

/** Share of Pagefind's time that Samara may take. */
const SHARE = 0.2;

const text = { type: /** @type {const} */ ('string') };
const { values } = parseArgs({ options: { bundle: text, documents: text, queries: text, record: text } });
if (!values.bundle || !values.documents || !values.queries) {
  throw new Error(
    'usage: node bench/widget.mjs --bundle DIR --documents FILE.jsonl --queries FILE.json [--record FILE.json]',
  );
}

/** Each with the element that is typed into, and how its hits are found. */
const WIDGETS = {
  samara: {
    head: '<script src="/bundle/samara.js" defer></script>',
    body: '<samara-search mode="page" param=""></samara-search>',
    hits: '[role=option]',
  },
  pagefind: {
    head: '<link rel="stylesheet" href="/pagefind/pagefind-component-ui.css"><script src="/pagefind/pagefind-component-ui.js" type="module"></script>',
    body: '<pagefind-config bundle-path="/pagefind/"></pagefind-config><pagefind-input></pagefind-input><pagefind-results></pagefind-results>',
    hits: 'pagefind-results li',
  },
};

const folder = await mkdtemp(join(tmpdir(), 'samara-widget-'));
const server = await serve(folder, { isolated: true });
const browser = await launch('chromium');
try {
  await cp(values.bundle, join(folder, 'bundle'), { recursive: true });
  await writePeers(documentsOf(values.documents), folder);
  server.options.pages = Object.fromEntries(
    Object.entries(WIDGETS).map(([name, { head, body }]) => [
      `/${name}`,
      `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${name}</title>${head}${body}`,
    ]),
  );
  const { words } = JSON.parse(await readFile(values.queries, 'utf8'));
  const step = Math.max(1, Math.floor(words.length / MANY));
  /** @type {string[]} */
  const queries = words.filter((/** @type {string} */ _, /** @type {number} */ at) => at % step === 0).slice(0, MANY);
  const pages = {
    samara: await opened('samara'),
    pagefind: await opened('pagefind'),
  };
  /** @type {Record<'samara' | 'pagefind', number[]>} */
  const times = { samara: [], pagefind: [] };
  for (const query of queries) {
    const one = { samara: await timed(pages.samara, query), pagefind: await timed(pages.pagefind, query) };
    // What stood there before the last key, because the words before it have the same hits, tells nothing.
    if (one.samara === undefined || one.pagefind === undefined) continue;
    times.samara.push(one.samara);
    times.pagefind.push(one.pagefind);
  }
  await report(times, queries.length);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/**
 * A page with one of the boxes, which has searched once.
 * @param {'samara' | 'pagefind'} name
 */
async function opened(name) {
  const page = await browser.open();
  await page.goto(`${server.address}${name}`);
  await page.eval(watch, WIDGETS[name].hits);
  for (
    let round = 0;
    round < 20 && !(await page.eval(() => /** @type {any} */ (globalThis).probe.hits().length));
    round++
  ) {
    await retype(page, 'the');
  }
  return page;
}

/**
 * @param {import('../tests/browser.mjs').Page} page
 * @param {string} query
 */
async function retype(page, query) {
  await page.eval(() => /** @type {any} */ (globalThis).probe.clear());
  for (const letter of query) {
    await page.type(letter);
    await pause(CADENCE);
  }
  for (let seen = -1; ; ) {
    const now = await page.eval(() => /** @type {any} */ (globalThis).probe.seen.length);
    if (now === seen) return;
    seen = now;
    await pause(REST);
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * @param {import('../tests/browser.mjs').Page} page
 * @param {string} query
 * @returns {Promise<number | undefined>} milliseconds until all hits in view are the final ones; nothing where they were there
 *   before the query was typed in full, or where it has none
 */
async function timed(page, query) {
  await retype(page, query);
  return page.eval(() => {
    const { key, seen } = /** @type {{ key: number, seen: { at: number, hits: string[] }[] }} */ (
      /** @type {any} */ (globalThis).probe
    );
    const last = seen.at(-1);
    if (!last?.hits.length || last.at < key) return undefined;
    return last.at - key;
  });
}

/**
 * Runs in the page: notes when the last key was pressed, and what hits each frame shows.
 * @param {string} selector of a hit
 */
function watch(selector) {
  const element = document.querySelector('samara-search');
  const root = element?.shadowRoot ?? document.body;
  const input = () => /** @type {HTMLInputElement} */ (root.querySelector('input'));
  const probe = {
    key: 0,
    /** @type {{ at: number, hits: string[] }[]} */
    seen: [],
    hits: () =>
      [...root.querySelectorAll(selector)]
        .filter((hit) => hit.textContent?.trim() && hit.getBoundingClientRect().top < innerHeight)
        .map((hit) => hit.textContent ?? ''),
    clear() {
      input().focus();
      input().select();
      probe.seen = [];
    },
  };
  Object.assign(globalThis, { probe });
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      probe.key = timeStamp;
    },
    { capture: true },
  );
  const channel = new MessageChannel();
  let waiting = false;
  // A task after a frame's callbacks runs when the frame is painted.
  channel.port1.onmessage = () => {
    waiting = false;
    const hits = probe.hits();
    if (hits.join() !== probe.seen.at(-1)?.hits.join()) probe.seen.push({ at: performance.now(), hits });
  };
  const look = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => channel.port2.postMessage(''));
  };
  new MutationObserver(look).observe(root, { childList: true, characterData: true, attributes: true, subtree: true });
}

/**
 * @param {Record<'samara' | 'pagefind', number[]>} times
 * @param {number} asked
 */
async function report(times, asked) {
  const at = (/** @type {number[]} */ numbers, /** @type {number} */ part) =>
    numbers.toSorted((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
  console.log(`From the last key to painted results, milliseconds; ${times.samara.length} of ${asked} queries count`);
  console.log(`${''.padEnd(24)}${['Samara', 'Pagefind', 'share'].map((name) => name.padStart(10)).join('')}`);
  let exceeded = times.samara.length === 0;
  for (const [name, part] of /** @type {const} */ ([
    ['p50', 0.5],
    ['p95', 0.95],
  ])) {
    const [own, other] = [at(times.samara, part), at(times.pagefind, part)];
    const cells = [own.toFixed(1), other.toFixed(1), (own / other).toFixed(3)];
    console.log(`${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}`);
    // Of some dozen times, p95 is nearly the longest, which on a busy machine is anybody's.
    if (part === 0.5) exceeded ||= own > SHARE * other;
  }
  console.log(`Samara may take ${SHARE} of Pagefind's time, p50: ${exceeded ? 'EXCEEDED' : 'within'}`);
  if (values.record) await writeFile(values.record, `${JSON.stringify(times, null, 1)}\n`);
  if (exceeded) process.exitCode = 1;
}
