// A service worker for sites that have none any more: it deletes what the one before it kept of its folder, and itself.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  const own = `samara-${new URL(self.SAMARA_FOLDER ?? './', location.href).href} `;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await registration.unregister();
})()));
