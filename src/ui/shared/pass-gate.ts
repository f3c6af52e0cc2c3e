/**
 * Loads the page again from the network, where a gate before the host can show its log-in page. A service worker would
 * answer with the page that it keeps: it is taken off first, and is there again with the next start. Nothing kept is lost.
 */
export async function passGate({ navigator, location }: Window): Promise<void> {
  try {
    const kept = await navigator.serviceWorker.getRegistrations()
    await Promise.all(kept.map((registration) => registration.unregister()))
  } finally {
    location.reload()
  }
}
