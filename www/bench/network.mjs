/**
 * What a visitor waits for who asks one question of a large site, on the networks that browsers' developer tools name, and
 * what is transferred for it: an index in blocks, the same index in one module, and Pagefind's, turn by turn in one browser:
 *
 *     node bench/network.mjs --split DIR --embedded DIR --pagefind DIR --queries FILE.json [--record FILE.json]
 *
 * The queries are `{ first: [...], visit: [...] }`. The network is the server's: it answers over HTTP/2, waits a round trip
 * before each answer, and lets all answers share one line, in the order of what the browser says is
 * urgent, as content delivery networks do. Files of all sides are compressed by brotli as a host would, but
 * for those that their builds have compressed.
 */

import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { launch } from '../tests/browser-puppeteer.mjs';

/** Milliseconds of a round trip, and bytes per second. @typedef {{ latency: number, rate: number }} Network */

/** @type {Record<string, Network>} */
const NETWORKS = {
  'Slow 4G': { latency: 562.5, rate: 180_000 },
  'Fast 4G': { latency: 165, rate: 1_012_500 },
  local: { latency: 0, rate: Number.POSITIVE_INFINITY },
};

/** Share of Pagefind's time that a first result may take, and an answer of a visit that goes on (p95). */
const FIRST_SHARE = 0.6;
const WARM_SHARE = 0.1;

/** Bytes that are sent at once. */
const PART = 4096;

/** What hosts compress. @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.manifest': 'application/json',
  '.wasm': 'application/wasm',
};

const text = { type: /** @type {const} */ ('string') };
const { values } = parseArgs({ options: { split: text, embedded: text, pagefind: text, queries: text, record: text } });
const { split, embedded, pagefind, queries: listed } = values;
if (!split || !embedded || !pagefind || !listed) {
  throw new Error(
    'usage: node bench/network.mjs --split DIR --embedded DIR --pagefind DIR --queries FILE.json [--record FILE.json]',
  );
}
for (const [folder, script] of [
  [split, 'samara.js'],
  [embedded, 'samara.js'],
  [pagefind, 'pagefind.js'],
]) {
  if (!statSync(join(folder, script), { throwIfNoEntry: false })) throw new Error(`${folder} holds no ${script}`);
}

/**
 * Each page asks the question that its address ends with, as soon as it can, and notes when the first results and when ten with
 * passages are there. It offers to ask more.
 */
const VISIT = `
  const question = decodeURIComponent(location.hash.slice(1));
  const visited = async () => {
    let first = 0;
    const count = await ask(question, () => {
      first = performance.now();
    });
    return { first, whole: performance.now(), count };
  };
  globalThis.visit = question && visited();
  globalThis.ready = true;
`;
const PAGES = {
  split: samaraPage('split'),
  embedded: samaraPage('embedded'),
  pagefind: `<script type="module">
    const pagefind = await import('/pagefind/pagefind.js');
    globalThis.ask = async (query, first = () => {}) => {
      const { results } = await pagefind.search(query);
      const data = results.slice(0, 10).map((result) => result.data());
      await data[0];
      first();
      return (await Promise.all(data)).length;
    };
    ${VISIT}
  </script>`,
};

/** By the module, as Pagefind's page, and with the line that docs/large-sites.md has for pages that ask at once. @param {string} folder */
function samaraPage(folder) {
  const root = folder === 'split' ? `<link rel="preload" href="/${folder}/samara.root" as="fetch" crossorigin>` : '';
  return `${root}<script type="module">
    import { open } from '/${folder}/samara.mjs';
    const opening = open(undefined, { first: decodeURIComponent(location.hash.slice(1)) });
    globalThis.ask = async (query, first = () => {}) => {
      const search = await opening;
      const answer = await search.query(query, { partial: true });
      first();
      return (answer.partial ? await search.query(query) : answer).hits.length;
    };
    ${VISIT}
  </script>`;
}

/** @typedef {keyof typeof PAGES} Side */
/** What each is called in the table. @type {Record<Side, string>} */
const NAMES = { split: 'in blocks', embedded: 'one module', pagefind: 'Pagefind' };
const SIDES = /** @type {Side[]} */ (Object.keys(PAGES));

const certificate = selfSigned();
const roots = { split, embedded, pagefind };
let network = NETWORKS.local;
let transferred = 0;
/** Parts that wait for the line, the most urgent first. @type {{ urgency: number, send(): number }[]} */
const waiting = [];
let isSending = false;

const server = createSecureServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'https://localhost').pathname);
  const [, side, ...rest] = path.split('/');
  const page = PAGES[/** @type {Side} */ (side.replace('.html', ''))];
  const head = { 'cache-control': 'max-age=600' };
  const urgency = Number(/u=(\d)/.exec(String(request.headers.priority))?.[1] ?? 3);
  if (side.endsWith('.html') && page) {
    return send(Buffer.from(`<!DOCTYPE html><meta charset="utf-8"><title>${side}</title>${page}`), '.html');
  }
  const root = roots[/** @type {Side} */ (side)];
  const file = root && join(root, normalize(rest.join('/')));
  if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    return setTimeout(() => response.writeHead(404).end(), network.latency);
  }
  send(packed(file), extname(file));

  /**
   * @param {Buffer} bytes
   * @param {string} extension
   */
  function send(bytes, extension) {
    const type = TYPES[extension];
    setTimeout(() => {
      response.writeHead(200, {
        ...head,
        'content-type': type ?? 'application/octet-stream',
        ...(type && extension !== '.html' && { 'content-encoding': 'br' }),
      });
      transferred += bytes.length;
      part(0);
    }, network.latency);

    /** @param {number} at */
    function part(at) {
      const bits = bytes.subarray(at, at + PART);
      if (!bits.length) return void response.end();
      queue(urgency, () => {
        response.write(bits);
        part(at + PART);
        return bits.length;
      });
    }
  }
});

/**
 * @param {number} urgency from 0, the most, to 7
 * @param {() => number} send sends a part and returns its bytes
 */
function queue(urgency, send) {
  const behind = waiting.findIndex((other) => other.urgency > urgency);
  waiting.splice(behind < 0 ? waiting.length : behind, 0, { urgency, send });
  if (!isSending) next();
}

/** Sends a part, and the next one when the line has carried it. */
function next() {
  const first = waiting.shift();
  isSending = Boolean(first);
  if (first) setTimeout(next, (first.send() / network.rate) * 1000);
}

/** @type {Map<string, Buffer>} */
const kept = new Map();

/** @param {string} file */
function packed(file) {
  let bytes = kept.get(file);
  if (!bytes) {
    const raw = readFileSync(file);
    bytes = TYPES[extname(file)] ? brotliCompressSync(raw) : raw;
    kept.set(file, bytes);
  }
  return bytes;
}

await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const browser = await launch('chromium', [`--ignore-certificate-errors-spki-list=${certificate.pin}`]);
try {
  /** @type {{ first: string[], visit: string[] }} */
  const queries = JSON.parse(readFileSync(listed, 'utf8'));
  /** @type {Record<string, Record<Side, { first: number, whole: number, bytes: number }[]>>} */
  const cold = {};
  // What a browser, or this server, does for the first time alone counts for neither.
  for (const side of SIDES) await visited(side, queries.first[0]);
  for (const [name, of] of Object.entries(NETWORKS)) {
    network = of;
    cold[name] = { split: [], embedded: [], pagefind: [] };
    for (const query of queries.first) {
      for (const side of SIDES) cold[name][side].push(await visited(side, query));
    }
  }
  network = NETWORKS.local;
  /** @type {Record<Side, number[]>} */
  const warm = { split: [], embedded: [], pagefind: [] };
  for (const side of SIDES) warm[side] = await again(side, queries.visit);
  report(cold, warm);
} finally {
  await browser.close();
  server.close();
}

/**
 * A first visit with one question.
 * @param {Side} side
 * @param {string} query
 */
async function visited(side, query) {
  const page = await opened(side, query);
  const times = await page.eval(() => /** @type {any} */ (globalThis).visit);
  await page.close();
  if (!times.count) throw new Error(`${side} finds nothing for "${query}"`);
  return { first: times.first, whole: times.whole, bytes: transferred };
}

/** @param {Side} side @param {string} [query] that is asked at once */
async function opened(side, query = '') {
  const page = await browser.open();
  transferred = 0;
  await page.goto(`https://127.0.0.1:${port}/${side}.html#${encodeURIComponent(query)}`);
  await page.eval(async () => {
    while (!(/** @type {any} */ (globalThis).ready)) await new Promise((resolve) => setTimeout(resolve, 1));
  });
  return page;
}

/**
 * Milliseconds of each question of a visit, asked for the second time.
 * @param {Side} side
 * @param {string[]} queries
 */
async function again(side, queries) {
  const page = await opened(side);
  const times = await page.eval(async (queries) => {
    const { ask } = /** @type {any} */ (globalThis);
    for (const query of queries) await ask(query);
    const times = [];
    for (const query of queries) {
      const start = performance.now();
      await ask(query);
      times.push(performance.now() - start);
    }
    return times;
  }, queries);
  await page.close();
  return times;
}

/**
 * @param {number[]} numbers
 * @param {number} part
 */
function at(numbers, part) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/**
 * @param {Record<string, Record<Side, { first: number, whole: number, bytes: number }[]>>} cold
 * @param {Record<Side, number[]>} warm
 */
function report(cold, warm) {
  const line = (/** @type {string} */ name, /** @type {string[]} */ cells) =>
    console.log(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  /** @param {string} name @param {(side: Side) => number} of @param {number} digits @returns {number} the share of Pagefind's */
  const row = (name, of, digits = 0) => {
    const share = of('split') / of('pagefind');
    line(name, [...SIDES.map((side) => of(side).toFixed(digits)), share.toFixed(3)]);
    return share;
  };
  line('median', [...SIDES.map((side) => NAMES[side]), 'share']);
  let exceeded = false;
  for (const [name, runs] of Object.entries(cold)) {
    /** @param {'first' | 'whole'} of */
    const middle = (of) => (/** @type {Side} */ side) =>
      at(
        runs[side].map((run) => run[of]),
        0.5,
      );
    const share = row(`${name}, first result, ms`, middle('first'));
    row(`${name}, ten with passages, ms`, middle('whole'));
    if (name !== 'local' && share > FIRST_SHARE) exceeded = true;
  }
  row('bytes of a first visit', (side) =>
    at(
      cold.local[side].map((run) => run.bytes),
      0.5,
    ),
  );
  row('asked again, p50, ms', (side) => at(warm[side], 0.5), 1);
  if (row('asked again, p95, ms', (side) => at(warm[side], 0.95), 1) > WARM_SHARE) exceeded = true;
  console.log(
    `Of Pagefind's time, a first result in blocks may take ${FIRST_SHARE}, one that is asked again ${WARM_SHARE} (p95): ${exceeded ? 'EXCEEDED' : 'within'}`,
  );
  if (values.record) writeFileSync(values.record, `${JSON.stringify({ cold, warm }, null, 1)}\n`);
}

/** A key and its certificate, which this browser alone believes: HTTP/2 needs one. */
function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'samara-network-'));
  try {
    const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync(
      'openssl',
      ['req', '-x509', ...options, '-subj', '/CN=localhost', '-keyout', 'key.pem', '-out', 'cert.pem'],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    );
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    // By which the browser believes it, so that it caches what it fetches.
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    return { key, cert, pin: createHash('sha256').update(spki).digest('base64') };
  } catch (error) {
    throw new Error('no certificate; install openssl', { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
