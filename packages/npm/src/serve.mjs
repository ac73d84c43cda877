/** `samara serve` where no native binary is: builds in memory, serves on loopback, builds again on change. */

import { createHash } from 'node:crypto';
import { createReadStream, realpathSync, statSync, watch } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';

/** The folder of the served site that belongs to this command. */
const OWN = '/-samara/';
/** Milliseconds for which documents have to be left alone, and after which they are read whether or not. */
const [SETTLED, LATEST] = [300, 1500];
const TYPES = /** @type {Record<string, string>} */ ({
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8',
  json: 'application/json', wasm: 'application/wasm', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif',
  webp: 'image/webp', avif: 'image/avif', ico: 'image/x-icon', woff2: 'font/woff2', woff: 'font/woff', txt: 'text/plain; charset=utf-8',
  xml: 'text/xml; charset=utf-8', pdf: 'application/pdf', md: 'text/markdown; charset=utf-8',
});
const PAGE = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Search</title>
<script src="${OWN}samara.js" defer></script><script src="${OWN}reload.js" defer></script><samara-search mode="page" base="/"></samara-search></html>`;
const RELOAD = `(async () => { const version = async () => (await fetch('${OWN}version')).text(); const first = await version();
setInterval(async () => { if (await version().catch(() => first) !== first) location.reload(); }, 1000); })();`;

/**
 * Serves until the process is stopped.
 * @param {string[]} words the arguments
 * @returns {Promise<number>} an exit code, where it cannot begin
 */
export async function serve(words) {
  let given;
  try {
    given = parseArgs({ args: words, allowPositionals: true, options: { port: { type: 'string' }, quiet: { type: 'boolean', short: 'q' } } });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}; serve PATH… [--port N] is what there is`);
  }
  const { positionals: paths, values: { port = process.env.SAMARA_PORT ?? '8732', quiet } } = given;
  if (!paths.length) return fail('name the folder of documents: samara serve PATH');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) return fail('--port: write a whole number from 0 to 65535');
  let version = 0;
  let files = new Map();
  const read = async () => {
    const built = await build({ paths });
    files = new Map([...built.files].map(([name, bytes]) => [OWN + name, Buffer.from(bytes)]));
    files.set('/', Buffer.from(PAGE)).set(`${OWN}reload.js`, Buffer.from(RELOAD)).set(`${OWN}version`, Buffer.from(String(++version)));
    return built;
  };
  try {
    const { messages } = await read();
    if (!quiet) console.error(messages.split('\n').filter((line) => line.startsWith('warning:')).join('\n'));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const server = createServer((request, response) => answer(request, response, files, paths));
  return new Promise((resolve) => {
    server.on('error', (error) => resolve(fail(`port ${port}: ${error.message}; choose another one with --port`)));
    server.listen(Number(port), '127.0.0.1', () => {
      const { port: own } = /** @type {import('node:net').AddressInfo} */ (server.address());
      console.error(`Serving at http://127.0.0.1:${own}/ (stop with Ctrl-C)`);
      onChange(paths, () => read().then(
        ({ account }) => quiet || console.error(`built again: ${account.filter((line) => 'text' in line).length} documents`),
        (error) => console.error(`error: ${error.message}; still serving what was built before`),
      ));
    });
  });
}

/** @param {string} text @returns {number} the exit code of wrong use */
function fail(text) {
  console.error(`error: ${text}`);
  return 2;
}

/**
 * Calls back after changes: when they have settled, or at the latest after a while; one call at a time.
 * @param {string[]} paths @param {() => Promise<unknown>} call
 */
function onChange(paths, call) {
  let [first, running] = [0, false];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const later = () => {
    first ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (running) return later();
      [first, running] = [0, true];
      await call();
      running = false;
    }, Math.max(0, Math.min(SETTLED, first + LATEST - Date.now())));
  };
  for (const path of paths) {
    watch(path, { recursive: true }, later).on('error', () => setTimeout(() => onChange([path], call), SETTLED));
  }
}

/**
 * @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response
 * @param {Map<string, Buffer>} files @param {string[]} paths
 */
function answer(request, response, files, paths) {
  const end = (/** @type {number} */ code, /** @type {string} */ text, headers = {}) => response.writeHead(code, { 'content-type': TYPES.txt, ...headers }).end(text);
  // A page elsewhere may have a name of its own lead here; what it asks for then is not its own.
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) return end(403, 'This server answers to localhost alone.\n');
  if (!['GET', 'HEAD'].includes(request.method ?? '')) return end(405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' });
  const path = (request.url ?? '/').split(/[?#]/)[0];
  const own = files.get(path);
  if (own) return send(request, response, { type: TYPES[path === '/' ? 'html' : extname(path).slice(1)] ?? TYPES.txt, size: own.length, tag: createHash('sha256').update(own).digest('hex').slice(0, 16), body: (from, to) => own.subarray(from, to + 1) });
  const file = beneath(path, paths);
  if (file === 'folder') return end(302, '', { location: `./${path.split('/').at(-1)}/` });
  if (!file) return end(404, 'There is no such file.\n');
  const { size, mtimeMs } = statSync(file);
  send(request, response, { type: TYPES[extname(file).slice(1).toLowerCase()] ?? 'application/octet-stream', size, tag: `${size.toString(16)}-${Math.round(mtimeMs).toString(16)}`, body: (start, end) => size ? createReadStream(file, { start, end }) : Buffer.alloc(0) });
}

/**
 * Sends all of it, a range of it, or only that it is the same as before.
 * @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response
 * @param {{ type: string, size: number, tag: string, body: (from: number, to: number) => Buffer | import('node:fs').ReadStream }} file
 */
function send(request, response, { type, size, tag, body }) {
  const headers = { 'content-type': type, 'cache-control': 'no-cache', etag: `"${tag}"`, 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff' };
  if (request.headers['if-none-match']?.includes(`"${tag}"`)) return response.writeHead(304, headers).end();
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  let [code, from, to] = [200, 0, size - 1];
  if (range && (range[1] || range[2])) {
    from = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
    to = range[1] && range[2] ? Math.min(size - 1, Number(range[2])) : size - 1;
    if (from > to) return response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
    code = 206;
  }
  response.writeHead(code, { ...headers, 'content-length': to - from + 1, ...code === 206 && { 'content-range': `bytes ${from}-${to}/${size}` } });
  if (request.method === 'HEAD') return response.end();
  const bytes = body(from, to);
  if (!('pipe' in bytes)) return response.end(bytes);
  bytes.on('error', () => response.destroy()).pipe(response);
}

/**
 * What an address means in one of the folders; never a hidden file, and never one outside.
 * @param {string} address @param {string[]} folders @returns {string | undefined} `folder`, where the slash is missing
 */
function beneath(address, folders) {
  let path;
  try {
    path = decodeURIComponent(address);
  } catch {
    return undefined;
  }
  const parts = path.split('/').filter(Boolean);
  if (parts.some((part) => part.startsWith('.') && part !== '.well-known' || part.includes('\\') || part.includes('\0'))) return undefined;
  for (const folder of folders) {
    for (const end of path.endsWith('/') ? ['/index.html'] : ['', '.html']) {
      try {
        const root = realpathSync(folder);
        const file = realpathSync(join(root, ...parts) + end);
        if (file !== root && !file.startsWith(root + sep)) continue;
        const found = statSync(file);
        if (found.isFile()) return file;
        if (found.isDirectory()) return 'folder';
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}
