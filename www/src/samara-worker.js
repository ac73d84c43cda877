/**
 * Service worker: page and search work with the network gone. Optional. Written into the bundle by the build, which
 * fills in the list of files and the version. It covers the folder that it lies in; a site whose bundle lies deeper writes
 * a worker of its own, or adds to the one it has:
 *
 *     self.SAMARA_FOLDER = '/search/';
 *     importScripts('/search/samara-worker.js');
 *
 * All files of a version are fetched before any is served, and each version has a cache of its own: two versions are
 * never mixed. Blocks of an index in blocks are kept when they have been asked for once.
 */
(() => {
  const VERSION = '__SAMARA_VERSION__';
  const FILES = ['__SAMARA_FILES__'];
  const PREFIX = 'samara-';

  /** @typedef {Event & { waitUntil(done: Promise<unknown>): void }} Extendable */
  /** @typedef {Extendable & { request: Request, respondWith(answer: Promise<Response>): void }} Fetching */

  const scope = /** @type {any} */ (globalThis);
  // As an imported part this script does not know its own address; the bundle's folder is then named by the site.
  const folder = new URL(scope.SAMARA_FOLDER ?? './', scope.location.href).href;
  const cacheName = `${PREFIX}${folder} ${VERSION}`;
  const addresses = FILES.map((file) => new URL(file, folder).href);
  /** The files by the pages that they are. */
  const kept = new Map(addresses.map((address) => [pageOf(address), address]));
  const root = addresses.find((address) => address.endsWith('/samara.root'));
  const blocks = root && new URL('blocks/', root).href;

  scope.addEventListener('install', (/** @type {Extendable} */ event) => event.waitUntil(install()));
  scope.addEventListener('activate', (/** @type {Extendable} */ event) => event.waitUntil(clean()));
  scope.addEventListener('fetch', (/** @type {Fetching} */ event) => {
    const { request } = event;
    if (request.method !== 'GET') return;
    const file = kept.get(pageOf(request.url));
    if (file) event.respondWith(answer(file, request));
    else if (blocks && request.url.startsWith(blocks)) event.respondWith(block(event));
  });

  async function install() {
    const cache = await caches.open(cacheName);
    await Promise.all(addresses.map(async (address) => cache.put(address, await fetched(address))));
  }

  /**
   * A file past the browser's own cache, which may hold one of the version before. Browsers refuse an answer that was
   * redirected where they asked for a page, so it is made anew.
   * @param {string} address
   */
  async function fetched(address) {
    const response = await fetch(address, { cache: 'reload' });
    if (!response.ok) throw new Error(`${address} is not there (status ${response.status})`);
    return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
  }

  /**
   * What `/x/`, `/x/index.html` and `/x/?y` have in common.
   * @param {string} address
   */
  function pageOf(address) {
    return address.split(/[?#]/)[0].replace(/\/index\.html$/, '/');
  }

  async function clean() {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${PREFIX}${folder} `) && name !== cacheName) await caches.delete(name);
    }
  }

  /**
   * Whoever asks past all caches gets what the host has today, as long as there is a network.
   * @param {string} file
   * @param {Request} request
   */
  async function answer(file, request) {
    const cache = await caches.open(cacheName);
    const today = request.cache === 'reload' && (await fetch(request).catch(() => undefined));
    return today || ((await cache.match(file)) ?? fetch(request));
  }

  /** @param {Fetching} event */
  async function block({ request }) {
    const cache = await caches.open(cacheName);
    const found = request.cache !== 'reload' && (await cache.match(request.url));
    if (found) return found;
    const response = await fetch(request);
    // A disk that is full keeps nobody from searching.
    if (response.ok) cache.put(request.url, response.clone()).catch(() => {});
    return response;
  }
})();
