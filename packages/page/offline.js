/** Keeps the page's own files, so that it works when the network is gone; the version changes with each of them. */

const VERSION = '__VERSION__';
const FILES = /** @type {string[]} */ (JSON.parse('__FILES__'));
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener('install', (event) => event.waitUntil((async () => {
  const kept = await caches.open(`samara-build-${VERSION}`);
  await kept.addAll(FILES);
  await worker.skipWaiting();
})()));

worker.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('samara-build-') && !name.endsWith(VERSION)) await caches.delete(name);
  await worker.clients.claim();
})()));

worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const name = new URL(pathname, origin).href;
  if (!FILES.some((file) => new URL(file, worker.registration.scope).href === name)) return;
  event.respondWith((async () => {
    const kept = await caches.open(`samara-build-${VERSION}`);
    return await kept.match(name) ?? fetch(event.request);
  })());
});
