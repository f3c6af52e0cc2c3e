/** For a page: asks its service worker to keep every file of the app, and tells whether it has them all. */
export const KEEP_REST = `navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ type: 'keepRest' }))`

export const IS_ALL_KEPT = `caches.keys().then(async (names) => {
  for (const name of names) {
    const cache = await caches.open(name)
    const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
    const list = [...kept].find((path) => path.includes('/later-files-'))
    if (list) return (await (await cache.match(list)).json()).every((path) => kept.has(path))
  }
  return false
})`
