/**
 * The app itself while it stands open, perhaps for days: what reading does not need is kept too, newer builds are looked
 * for, and the reader is asked before one takes over. No page that shows mail is ever reloaded by itself.
 */
import { mount } from 'svelte'
import { upkeep as words } from '../i18n/en/upkeep.ts'
import { every, systemClock, type Clock } from '../platform/clock.ts'
import type { Announce } from '../state/contexts.ts'
import { isHintDue, isInstalled } from '../ui/account/home-screen.ts'
import NewVersion from '../ui/views/NewVersion.svelte'
import { storageOf } from './create-engine.ts'
import { KeptAccounts } from './kept-accounts.ts'
import { followServerTime } from './server-time.ts'

/** After the first rows and what follows them: what no kept mail needs to be read. */
const REST_MS = 15_000
const CHECK_EVERY_MS = 3_600_000

export interface UpkeepDeps {
  readonly window: Window
  readonly clock: Clock
  readonly announce: Announce
}

class ShellUpkeep {
  readonly #window: Window
  readonly #clock: Clock
  readonly #announce: Announce
  readonly #workers: ServiceWorkerContainer
  #controller: ServiceWorker | null
  #checkedAt: number
  #isOffered = false

  constructor({ window, clock, announce }: UpkeepDeps) {
    this.#window = window
    this.#clock = clock
    this.#announce = announce
    this.#workers = window.navigator.serviceWorker
    this.#controller = this.#workers.controller
    this.#checkedAt = clock.monotonic()
  }

  start(): void {
    this.#workers.addEventListener('controllerchange', () => {
      // The first one only takes up the page that registered it.
      if (this.#controller) this.#offer()
      this.#controller = this.#workers.controller
    })
    void this.#workers.ready.then((registration) => {
      this.#follow(registration)
    })
    this.#clock.after(REST_MS, () => {
      void this.#workers.ready.then(({ active }) => active?.postMessage({ type: 'keepRest' }))
    })
    every(this.#clock, CHECK_EVERY_MS, () => void this.#checkAgain())
    this.#window.document.addEventListener('visibilitychange', () => void this.#checkAgain())
    this.#watchLostFiles()
    this.#careForHomeScreen()
    this.#followSignIn()
    followServerTime(this.#window, this.#clock, systemClock)
    // Code of its own where the page was signed in already; whoever signed in here has it.
    void import('./read-offer.ts').then(({ readProductName }) => readProductName(this.#window)).catch(() => undefined)
  }

  /** An installed app is asked for room that is not taken from it; in Safari its reader learns of the home screen. */
  #careForHomeScreen(): void {
    const { navigator } = this.#window
    if (isInstalled(navigator) ?? this.#window.matchMedia('(display-mode: standalone)').matches)
      void navigator.storage.persist().catch(() => undefined)
    const storage = storageOf(this.#window)
    if (storage && isHintDue(navigator, storage))
      void import('./offer-home-screen.ts').then(
        ({ offerHomeScreen }) => {
          offerHomeScreen(this.#window, storage)
        },
        () => undefined,
      )
  }

  /** Five tabs ask for the password, and one gets it: the others have no more to ask. */
  #followSignIn(): void {
    const kept = new KeptAccounts(storageOf(this.#window))
    kept.onChange(() => {
      const isAsking = this.#window.document.querySelector('input[autocomplete=current-password]') !== null
      if (isAsking && kept.read().length > 0) this.#window.location.reload()
    })
  }

  #follow(registration: ServiceWorkerRegistration): void {
    const look = (): void => {
      // Without a worker in charge the new one is no update.
      if (registration.waiting && this.#workers.controller) this.#offer()
    }
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look)
    })
    look()
  }

  /** The browser looks at each start only; a tab may stand open for days. */
  async #checkAgain(): Promise<void> {
    const isDue = this.#clock.monotonic() - this.#checkedAt >= CHECK_EVERY_MS
    if (isDue && this.#window.document.visibilityState === 'visible') await this.#check()
  }

  async #check(): Promise<void> {
    this.#checkedAt = this.#clock.monotonic()
    const registration = await this.#workers.getRegistration()
    // Offline, or the server is away: at the next occasion.
    await registration?.update().catch(() => undefined)
  }

  /** A part of this build that the server no longer has: there must be a newer one. */
  #watchLostFiles(): void {
    const observer = new PerformanceObserver((list) => {
      const isLost = list.getEntriesByType('resource').some((entry) => {
        const { name, responseStatus } = entry as PerformanceResourceTiming
        return responseStatus >= 400 && name.includes('/assets/')
      })
      if (isLost) void this.#didLoseFile()
    })
    observer.observe({ type: 'resource', buffered: true })
  }

  async #didLoseFile(): Promise<void> {
    await this.#check()
    // Where no worker keeps the shell, or its worker is of the newer build already, only the served page tells.
    if (await this.#isOtherBuildServed().catch(() => false)) this.#offer()
  }

  async #isOtherBuildServed(): Promise<boolean> {
    const own = this.#window.document.querySelector<HTMLMetaElement>('meta[name=postern]')?.content
    const response = await this.#window.fetch(this.#window.document.baseURI, { cache: 'no-store' })
    const page = response.ok ? await response.text() : ''
    return own !== undefined && page.includes('name="postern"') && !page.includes(`"${own}"`)
  }

  #offer(): void {
    if (this.#isOffered) return
    this.#isOffered = true
    mount(NewVersion, { target: this.#window.document.body, props: { onReload: () => void this.#reload() } })
    this.#announce(words.ready)
  }

  /** From now on the build that waits is opened, whichever worker is in charge. */
  async #reload(): Promise<void> {
    const ledger = await this.#window.caches.open('postern-releases')
    const next = await ledger.match('/next')
    if (next) await ledger.put('/open', next)
    this.#window.location.reload()
  }
}

export function keepShell(deps: UpkeepDeps): void {
  new ShellUpkeep(deps).start()
}
