/**
 * The sites that the guides come to, and The Rust Book, searched as visitors do: below a sub-path, from four static
 * servers; and each as one page from a disk, in three engines. `cargo xtask test --guides` builds them and calls this.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, screenshotPath } from '../../../www/tests/browser.mjs';
import { until } from '../../../www/tests/searching.mjs';

/** @param {string} name of an environment variable */
function told(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; call this by \`cargo xtask test --guides\``);
  return value;
}

const ROOT = told('SAMARA_SERVED');
const SUB_PATH = told('SAMARA_SUB_PATH');
const ALONE = told('SAMARA_ALONE');

/** A site: the page that is searched from, what is typed, and how the page of the first hit begins. */
const SITES = [
  { name: 'mdbook', page: 'tea.html', query: 'sourdoug', leadsTo: 'bread.html', modal: true },
  { name: 'mkdocs', page: 'tea/', query: 'sourdoug', leadsTo: 'bread/', modal: true },
  { name: 'sphinx', page: 'tea.html', query: 'sourdoug', leadsTo: 'bread.html', modal: true },
  { name: 'eleventy', page: 'tea/', query: 'sourdoug', leadsTo: 'bread/' },
  { name: 'hugo', page: 'tea/', query: 'sourdoug', leadsTo: 'bread/' },
  { name: 'book', page: 'search/deep.html', query: 'borrow checker lifetimes', leadsTo: 'ch10-03-lifetime-syntax.html' },
];

// The book carries no search of ours in its pages; one more page does.
const SEARCHING = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Search</title><script src="../samara/samara.js" defer></script><samara-search></samara-search></html>';

/** Static servers: the command that serves a folder at a port. @type {Record<string, (port: number, folder: string) => string[]>} */
const SERVERS = {
  python: (port) => ['python3', '-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', ROOT],
  nginx: (port, folder) => ['nginx', '-p', folder, '-e', 'stderr', '-c', written(folder, 'nginx.conf', `daemon off; pid ${folder}/pid; user root;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; root ${ROOT}; }
}`)],
  lighttpd: (port, folder) => ['lighttpd', '-D', '-f', written(folder, 'lighttpd.conf', `server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${ROOT}"
index-file.names = ("index.html")
mimetype.assign = (".html" => "text/html", ".js" => "text/javascript", ".css" => "text/css", "" => "application/octet-stream")`)],
  busybox: (port) => ['busybox', 'httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', ROOT],
};

/** @param {string} folder @param {string} name @param {string} text */
function written(folder, name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** @returns {Promise<number>} a port that is free */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} name of a server */
async function start(name) {
  const folder = mkdtempSync(join(tmpdir(), 'samara-server-'));
  const port = await freePort();
  const [program, ...words] = SERVERS[name](port, folder);
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  let said = '';
  child.stderr.on('data', (text) => said += text);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = `http://127.0.0.1:${port}/`;
  for (let left = 100; ; left--) {
    const answer = await fetch(`${address}${SUB_PATH}/book/index.html`).catch(() => undefined);
    if (answer?.ok) break;
    if (!left || child.exitCode !== null) throw new Error(`${name} does not serve: ${answer?.status} ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    address,
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * An address as hosts see it: that of a folder is that of the page in it, and sites may link to either.
 * @param {string} [address]
 */
const hosted = (address = '') => address.split(/[?#]/)[0].replace(/\/index\.html$/, '/');

/**
 * Types into a page's search, waits until the first hit leads where it should, and returns its address. What the first
 * letters find is shown before.
 * @param {import('../../../www/tests/browser.mjs').Page} page
 * @param {{ query: string, leadsTo: string, modal?: boolean }} site
 */
async function search(page, { query, leadsTo, modal = false }) {
  await page.eval(async (modal) => {
    await customElements.whenDefined('samara-search');
    const element = /** @type {any} */ (document.querySelector('samara-search'));
    if (modal) element.open();
    else element.focus();
  }, modal);
  await page.type(query);
  const { options } = await until(page, ({ value, options }) => value === query && hosted(options[0]?.href).endsWith(`/${leadsTo}`));
  return options[0].href;
}

describe('sites below a sub-path', () => {
  /** @type {import('../../../www/tests/browser.mjs').Browser} */
  let browser;
  before(async () => {
    mkdirSync(join(ROOT, SUB_PATH, 'book', 'search'), { recursive: true });
    writeFileSync(join(ROOT, SUB_PATH, 'book', 'search', 'deep.html'), SEARCHING);
    browser = await launch('chromium');
  });
  after(() => browser.close());

  for (const server of Object.keys(SERVERS)) {
    test(`answer_from_${server}`, async () => {
      const { address, stop } = await start(server);
      try {
        for (const { name, page: from, ...wanted } of SITES) {
          const site = `${address}${SUB_PATH}/${name}/`;
          const page = await browser.open();
          // Wide enough that no theme folds its menu away.
          await page.look({ width: 1200, height: 720 });
          await page.goto(`${site}${from}`);
          const href = await search(page, wanted);
          assert.equal(hosted(href), `${site}${wanted.leadsTo}`, `${name} from ${server}`);
          assert.equal((await fetch(href)).status, 200, href);
          const path = server === 'nginx' && await screenshotPath(name);
          if (path) await page.screenshot(path);
          await page.close();
        }
      } finally {
        await stop();
      }
    });
  }
});

for (const engine of ['chromium', 'firefox', 'webkit']) {
  test(`a_page_alone_answers_from_a_disk_in_${engine}`, async () => {
    const browser = await launch(engine);
    try {
      for (const { name, query, leadsTo } of SITES) {
        const page = await browser.open();
        await page.goto(pathToFileURL(join(ALONE, `${name}.html`)).href);
        const href = await search(page, { query, leadsTo });
        // A folder on a disk is no page.
        assert.match(href, /^file:.*\.html($|[?#])/);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });
}
