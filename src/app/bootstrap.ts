/** Puts the parts together: the only place where the real browser's clock, history, storage and worker are picked up. */
import { mount } from 'svelte'
import { prepareDates } from '../i18n/dates.ts'
import { t } from '../i18n/text.ts'
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import App from './App.svelte'
import { Settings } from '../state/settings.svelte.ts'
import { createAnnouncer } from './announcer.ts'
import { createEngine, storageOf, syncWorkerUrl } from './create-engine.ts'
import { findOffer } from './find-offer.ts'
import { createMarker } from './marks.ts'
import { Outdated } from './outdated.svelte.ts'
import { placeName } from './place-name.ts'
import { Router } from './router.svelte.ts'
import { keepShell, serviceWorkerUrl } from './service-worker.ts'
import { KeyBindings, listenForKeys } from './shortcuts.ts'
import { createTrustedSources } from './trusted-types.ts'
import type { Services } from '../state/contexts.ts'
import type { UndoStack } from '../state/undo-stack.svelte.ts'

export function bootstrap(window: Window, target: HTMLElement): void {
  const { document, location } = window
  const place = placeName(location.hostname)
  // Over plain http browsers give neither crypto.subtle nor a service worker. And where no header keeps the page out of
  // other pages (Stalwart's applications have none), it does so itself. It says so and starts nothing.
  const isFramed = window.top !== window
  if (isFramed || !window.isSecureContext) {
    void showRefusal(target, { place, url: location.href, isFramed })
    return
  }
  // This page's own, which is set right by the server's.
  const clock = { ...systemClock }
  const trusted = createTrustedSources(window, [syncWorkerUrl, serviceWorkerUrl], async (kind) => {
    const frame = await (kind ? import('virtual:pdf-frame') : import('../ui/thread/conversation.ts'))
    return frame.frameDocument
  })
  const settings = new Settings(storageOf(window))
  const shortcuts = new KeyBindings(
    clock,
    () => settings.get('letterKeys'),
    () => settings.chosen(undefined)['keys'],
  )
  const navigator = new Router(window)
  const outdated = new Outdated()
  const announce = createAnnouncer(clock, {
    polite: liveRegion(document, 'status'),
    assertive: liveRegion(document, 'alert'),
  })
  const keepSoon = keepShell(window, { clock, scriptUrl: trusted.scriptUrl, announce, log: consoleLogger })
  const services: Services = {
    port: createEngine(window, trusted.scriptUrl, outdated.report),
    navigator,
    shortcuts,
    settings,
    undo: createUndo(),
    announce,
    clock,
    settle: () => {
      keepSoon()
      return Promise.all([
        import('../replica/pending-overlay.ts'),
        import('../replica/tree-overlay.ts'),
        import('../mutations/all-done.ts'),
      ])
    },
    authservIds: async () => (await import('./authserv-ids.ts')).authservIds(window),
    markPainted: createMarker(window),
    frameDocument: trusted.frameDocument,
  }
  navigator.listen()
  window.addEventListener('storage', () => {
    settings.didChange()
  })
  listenForKeys(document, shortcuts)
  mount(App, { target, props: { services, place, outdated, findOffer: () => findOffer(window) } })
  // Sign-in or rows are waited for: the page has nothing else to do.
  clock.after(0, () => {
    prepareDates(clock.now())
  })
}

/** One for the page. Its code comes with what stands around the rows; where it did not, it is asked for again. */
function createUndo(): Services['undo'] {
  let stack: UndoStack | undefined
  return async () => {
    if (stack) return stack
    const parts = await import('../ui/views/resting-parts.ts')
    return (stack ??= new parts.UndoStack())
  }
}

async function showRefusal(
  target: HTMLElement,
  props: { place: string; url: string; isFramed: boolean },
): Promise<void> {
  try {
    const { default: RefusedView } = await import('../ui/account/RefusedView.svelte')
    mount(RefusedView, { target, props })
  } catch {
    target.textContent = t.app.refused
  }
}

/** Live regions are there and empty from the first paint: one that comes with its words is not read. */
function liveRegion(document: Document, role: 'status' | 'alert'): HTMLElement {
  const region = document.createElement('div')
  region.className = 'spoken'
  region.setAttribute('role', role)
  document.body.append(region)
  return region
}
