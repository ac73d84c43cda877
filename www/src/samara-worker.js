/**
 * Service worker: page and search work with the network gone. Optional. Written into the bundle by the build, which
 * fills in the list of files and the version. It covers the folder that it lies in; a site whose bundle lies deeper writes
 * a worker of its own, or adds to the one it has:
 *
 *     self.SAMARA_FOLDER = '/search/';
 *     importScripts('/search/samara-worker.js');
 *
 * All files of a version are fetched before any is served, and each version has a cache of its own: two versions are
 * never mixed.
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

  scope.addEventListener('install', (/** @type {Extendable} */ event) => event.waitUntil(install()));
  scope.addEventListener('activate', (/** @type {Extendable} */ event) => event.waitUntil(clean()));
  scope.addEventListener('fetch', (/** @type {Fetching} */ event) => {
    const { request } = event;
    const address = request.url.split(/[?#]/)[0];
    const file = address === folder ? `${folder}index.html` : address;
    if (request.method === 'GET' && addresses.includes(file)) event.respondWith(answer(file, request));
  });

  async function install() {
    const cache = await caches.open(cacheName);
    // Past the browser's own cache, which may hold files of the version before.
    await cache.addAll(addresses.map((address) => new Request(address, { cache: 'reload' })));
  }

  async function clean() {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${PREFIX}${folder} `) && name !== cacheName) await caches.delete(name);
    }
  }

  /**
   * @param {string} file
   * @param {Request} request
   */
  async function answer(file, request) {
    const cache = await caches.open(cacheName);
    return (await cache.match(file)) ?? fetch(request);
  }
})();
