/**
 * A static server for tests, on a free port of the loopback, which can misbehave the ways that hosts do.
 * It keeps a log of what was asked for and of the policy violations that browsers report.
 */

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** The strictest policy that a page with Samara can have. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
  "style-src 'self'; require-trusted-types-for 'script'; trusted-types samara";

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Collects what a page complains of, for browsers whose drivers do not tell. */
const WATCH = `window.samaraProblems = [];
for (const type of ['error', 'warn']) console[type] = (...told) => samaraProblems.push(told.join(' '));
addEventListener('error', (event) => samaraProblems.push(String(event.message)), true);
addEventListener('unhandledrejection', (event) => samaraProblems.push(String(event.reason)));
addEventListener('securitypolicyviolation', (event) => event.blockedURI.endsWith('/favicon.ico') || samaraProblems.push(event.violatedDirective + ' ' + event.blockedURI));`;
const watches = (process.env.SAMARA_BROWSERS ?? '').includes('webkit');

/** @param {string} html */
function watched(html) {
  return watches ? html.replace(/<head>|<meta/, '<script src="/-watch.js"></script>$&') : html;
}

/** What becomes of requests. @typedef {'ok' | 'wrong-type' | 'missing' | 'broken' | 'page' | 'damaged' | 'cut' | 'stall' | 'gone' | 'other-build'} Fault */

/**
 * @typedef {object} Options
 * @property {string} [policy] Content-Security-Policy of every answer
 * @property {Fault} [fault] of the module, or of what `faulty` names
 * @property {string} [faulty] what stands in the paths of those files
 * @property {boolean} [isolated] from other origins, for which browsers give finer clocks
 * @property {string} [origin] of which requests are allowed (CORS)
 * @property {Record<string, string>} [pages] further pages by path
 * @property {Record<string, string>} [redirects] where paths lead to, by those
 * @property {Record<string, string>} [aliases] paths of files that have further ones, by those
 */

/** @typedef {Awaited<ReturnType<typeof serve>>} Server */

/**
 * @param {string} folder
 * @param {Options} [options] may be changed while it runs
 */
export async function serve(folder, options = {}) {
  /** @type {string[]} */
  const requests = [];
  /** @type {unknown[]} */
  const violations = [];
  /** Transfers that stall. @type {Set<import('node:http').ServerResponse>} */
  const stalled = new Set();

  // It ends no connection that a browser may be about to use again: WebKit takes that for a page that does not load.
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/-violation') {
      let body = '';
      for await (const part of request) body += part;
      // Icons that browsers ask for unasked, and the styles that WebKit shows plain text with, are not the page's doing.
      const report = JSON.parse(body);
      if (!body.includes('/favicon.ico') && !report['csp-report']?.['document-uri']?.endsWith('.txt'))
        violations.push(report);
      return response.writeHead(204).end();
    }
    if (path === '/-watch.js') return response.writeHead(200, { 'Content-Type': TYPES['.js'] }).end(WATCH);
    // Some browsers ask for it on their own account.
    if (path === '/favicon.ico') return response.writeHead(204).end();
    requests.push(path);
    const elsewhere = options.redirects?.[path];
    if (elsewhere) return response.writeHead(301, { Location: elsewhere }).end();
    const file = join(folder, normalize(options.aliases?.[path] ?? (path.endsWith('/') ? `${path}index.html` : path)));
    /** @type {Record<string, string>} */
    const head = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' };
    if (options.policy) head['Content-Security-Policy'] = `${options.policy}; report-uri /-violation`;
    if (options.isolated)
      Object.assign(head, {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
    if (options.origin) head['Access-Control-Allow-Origin'] = options.origin;
    const page = options.pages?.[path];
    if (page !== undefined)
      return response
        .writeHead(200, { ...head, 'Content-Type': TYPES[extname(path)] ?? TYPES['.html'] })
        .end(watched(page));
    if (!(await stat(file).catch(() => undefined))?.isFile())
      return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no such file');
    const isFaulty = options.faulty ? path.includes(options.faulty) : extname(file) === '.wasm';
    if (isFaulty && options.fault && options.fault !== 'ok') {
      if (options.fault === 'stall') stalled.add(response);
      return misbehave(options.fault, await readFile(file), head, response);
    }
    response.writeHead(200, head);
    if (extname(file) === '.html') return response.end(watched(await readFile(file, 'utf8')));
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    address: `http://127.0.0.1:${port}/`,
    /** The same server under another origin. */
    otherAddress: `http://localhost:${port}/`,
    options,
    requests,
    violations,
    /** Ends transfers that stall, for whose sake browsers would hold others of the same file back. */
    drop() {
      for (const response of stalled) response.destroy();
      stalled.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {Fault} fault
 * @param {Buffer} bytes of the module
 * @param {Record<string, string>} head
 * @param {import('node:http').ServerResponse} response
 */
function misbehave(fault, bytes, head, response) {
  switch (fault) {
    case 'wrong-type':
      return response.writeHead(200, { ...head, 'Content-Type': 'text/plain' }).end(bytes);
    case 'missing':
      return response.writeHead(404, { ...head, 'Content-Type': 'text/html' }).end('<h1>Not found</h1>');
    case 'broken':
      return response.writeHead(500, { ...head, 'Content-Type': 'text/html' }).end('<h1>Out of order</h1>');
    case 'page':
      return response
        .writeHead(200, { ...head, 'Content-Type': 'text/html' })
        .end('<!DOCTYPE html><title>Home</title>');
    case 'damaged': {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xff, 8, Math.min(200, damaged.length));
      return response.writeHead(200, head).end(damaged);
    }
    case 'cut':
      response.writeHead(200, { ...head, 'Content-Length': String(bytes.length) });
      return void response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    case 'stall':
      response.writeHead(200, { ...head, 'Content-Length': String(bytes.length) });
      return void response.write(bytes.subarray(0, bytes.length >> 1));
    case 'gone':
      return void response.destroy();
    case 'other-build': {
      // The number is the last thing in the module.
      const other = Buffer.from(bytes);
      other.write('another', other.length - 7);
      return response.writeHead(200, head).end(other);
    }
  }
}
