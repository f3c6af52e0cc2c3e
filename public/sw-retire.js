/*
 * Retires Postern's service worker: served in the place of /sw.js it takes over at the next visit, deletes what was
 * kept of the app (never mail) and is gone. See docs/service-worker.md.
 */
self.addEventListener('install', () => {
  self.skipWaiting()
})
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('postern-')) await caches.delete(name)
      await self.registration.unregister()
    })(),
  )
})
