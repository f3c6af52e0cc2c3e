/**
 * A browser on a profile of its own, as a reader has one: tabs that can be frozen, closed and crashed, and a process that
 * can be killed and started again on what it left on the disk.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'
import type { Acknowledged } from './ledger.ts'

interface ProfileInput {
  /** Of the line: a request to any other is a breach. */
  readonly url: string
  readonly serviceWorkers: 'allow' | 'block'
  /** Runs in each page before its own scripts: a planted mistake. */
  readonly plant?: string | undefined
  readonly onRow: (page: Page, row: Acknowledged) => void
  readonly onBreach: (what: string) => void
}

const LOOKS = { viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Stockholm' } as const

/** In each page: tells which rows of the outbox are durable, past the app. */
const TELL_ROWS = `(() => {
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (value, ...rest) {
    const request = add.call(this, value, ...rest)
    if (this.name === 'outbox')
      this.transaction.addEventListener('complete', () => {
        window.posternRow(JSON.stringify({ seq: request.result, mutation: value.mutation }))
      })
    return request
  }
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    console.error('policy breach: ' + effectiveDirective + ' ' + blockedURI)
  })
})()`

export class Profile {
  readonly #input: ProfileInput
  readonly #directory = mkdtempSync(join(tmpdir(), 'postern-seed-'))
  #context: BrowserContext | undefined

  constructor(input: ProfileInput) {
    this.#input = input
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is not open')
    return this.#context
  }

  /** Answers the one page that a browser begins with. */
  async start(): Promise<Page> {
    const executablePath = findChromium()
    if (!executablePath) throw new Error('no Chromium here; set CHROMIUM to its path')
    const { url, serviceWorkers, plant, onRow, onBreach } = this.#input
    const args = [...CHROMIUM_ARGS, '--disable-session-crashed-bubble', '--hide-crash-restore-bubble']
    const context = await chromium.launchPersistentContext(this.#directory, {
      executablePath,
      args,
      serviceWorkers,
      ...LOOKS,
    })
    this.#context = context
    await context.exposeBinding('posternRow', ({ page }, row: string) => {
      onRow(page, JSON.parse(row) as Acknowledged)
    })
    await context.addInitScript(TELL_ROWS)
    if (plant !== undefined) await context.addInitScript(plant)
    context.on('console', (message) => {
      const text = message.text()
      if (/policy breach|Content Security Policy|Trusted ?Types/.test(text)) onBreach(text)
    })
    context.on('weberror', (error) => onBreach(`uncaught: ${error.error().stack ?? error.error().message}`))
    context.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(url)) onBreach(`request to ${request.url()}`)
    })
    const [page] = context.pages()
    return page ?? context.newPage()
  }

  /** As by `kill -9`, or a machine that runs out of memory. */
  async kill(): Promise<void> {
    for (const pid of this.#processes(true)) process.kill(pid, 'SIGKILL')
    await this.#untilGone()
    this.#context = undefined
  }

  async remove(): Promise<void> {
    // A frozen tab may hold up an orderly end.
    await this.kill()
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  /** Those of this profile, by its directory; the browser process is the one without a type. */
  #processes(isBrowser: boolean): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const words = readFileSync(join('/proc', pid, 'cmdline'), 'utf8').split('\0')
          const isOwn = words.includes(`--user-data-dir=${this.#directory}`)
          return isOwn && !(isBrowser && words.some((word) => word.startsWith('--type=')))
        } catch {
          return false
        }
      })
      .map(Number)
  }

  async #untilGone(): Promise<void> {
    for (let left = 100; left > 0 && this.#processes(false).length > 0; left -= 1) await sleep(50)
    for (const pid of this.#processes(false)) process.kill(pid, 'SIGKILL')
  }
}
