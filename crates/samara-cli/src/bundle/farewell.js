// A service worker for sites that have none any more: it deletes what the one before it kept, and itself.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('samara-')) await caches.delete(name);
  await registration.unregister();
})()));
