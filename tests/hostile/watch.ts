/** Watches one page for everything that a mail must not do. */
import { noCounts, type Counter, type Counts } from './counts.ts'
import { until, type EnginePage } from './engine-page.ts'
import { installProbe, takeProbe } from './probe.ts'
import { isForPicture, tell, type Sink, type SinkRequest } from './sink.ts'

export interface Watch {
  /** What the driver itself found. */
  add(counter: Counter, what: string): void
  /** The test itself loads the page again. */
  expectLoad(): void
  /** Files whose names the app has cleaned, since the last call. */
  takeSaved(): readonly string[]
  /** Windows that the app was about to open, since the last call. */
  takeOpened(): Promise<readonly string[]>
  /** Requests since the last call, once the reader has allowed pictures: they count as nothing else then. */
  takePictures(): readonly SinkRequest[]
  /** What happened since the last call; with `inFrames` every frame is asked, too. */
  take(inFrames?: boolean): Promise<{ counts: Counts; notes: string[] }>
}

interface Chrome {
  /** What lies over it. */
  readonly covered: string | null
  readonly style: string
}

/** `sentinels`: selectors of the app's own parts, which must stay in view and keep their looks. */
export async function watchPage(page: EnginePage, sinks: readonly Sink[], ...sentinels: string[]): Promise<Watch> {
  let counts = noCounts()
  let notes: string[] = []
  const note = (counter: Counter, text: string): void => {
    counts[counter]++
    notes.push(`${counter}: ${text}`)
  }
  const opened: string[] = []
  const saved: string[] = []
  const home = await page.evaluate(() => location.origin)
  let isLoadExpected = false
  const readProbe = async (): Promise<void> => {
    const taken = await takeProbe(page)
    if (!taken && !isLoadExpected) note('navigations', `the app was left: ${await page.evaluate(() => location.href)}`)
    if (!taken) await installProbe(page)
    opened.push(...(taken?.opened ?? []))
    saved.push(...(taken?.saved ?? []))
    if (page.engine === 'webkit') for (const error of taken?.errors ?? []) note('errors', error)
  }
  await installProbe(page)
  await page.events()
  // what stands around the rows comes after them
  const settle = async (): Promise<void> => {
    for (const sentinel of sentinels) await until(page, sentinel, 30_000, isThere, sentinel)
  }
  await settle()
  const looks = [...(await chromeOf(page, sentinels))]
  let seen = totals(sinks)
  let told = sinks.map(({ requests }) => requests.length)
  const takeRequests = (): SinkRequest[] => {
    const taken = sinks.flatMap(({ requests }, index) => requests.slice(told[index]))
    told = sinks.map(({ requests }) => requests.length)
    return taken
  }
  return {
    add: note,
    expectLoad() {
      isLoadExpected = true
    },
    takeSaved: () => saved.splice(0),
    async takeOpened() {
      await readProbe()
      return opened.splice(0)
    },
    takePictures() {
      const taken = takeRequests()
      seen = totals(sinks)
      for (const request of taken) {
        const { referer, cookie, authorization } = request.headers
        const said = [referer, cookie, authorization].filter((value) => value !== undefined)
        if (!isForPicture(request)) note('http', `not for a picture: ${tell(request)}`)
        else if (!request.isSecure) note('http', `a picture without TLS: ${tell(request)}`)
        if (said.length > 0) note('http', `with ${said.join(' and ')}: ${tell(request)}`)
      }
      return taken
    },
    async take(inFrames = false) {
      if (isLoadExpected) await settle()
      await readProbe()
      isLoadExpected = false
      if (inFrames) {
        const frames = await page.everyFrame(() => ({
          pwned: (globalThis as { __pwned?: unknown }).__pwned,
          url: location.href,
        }))
        for (const frame of frames) {
          if (frame && frame.pwned !== undefined && frame.pwned !== null) note('scripts', JSON.stringify(frame.pwned))
          if (frame && /^http/.test(frame.url) && new URL(frame.url).origin !== home) note('navigations', frame.url)
        }
      }
      for (const { counter, what } of await page.events()) note(counter, what)
      const now = totals(sinks)
      for (const name of ['tcp', 'http', 'forms'] as const) counts[name] += now[name] - seen[name]
      notes.push(...takeRequests().map((request) => `sink: ${tell(request)}`))
      seen = now
      for (const [index, after] of (await chromeOf(page, sentinels)).entries()) {
        if (after.covered !== null) note('overlay', after.covered)
        const before = looks[index]?.style
        if (after.style === before) continue
        note('style', `${before ?? 'nothing'} became ${after.style}`)
        // what stays changed is the first mail's alone
        looks[index] = after
      }
      // A connection without a request has no line of its own.
      if (counts.tcp > 0 && notes.length === 0) notes.push(`tcp: ${counts.tcp} connections that asked for nothing`)
      const taken = { counts, notes }
      counts = noCounts()
      notes = []
      return taken
    },
  }
}

const isThere = (selector: string): boolean => document.querySelector(selector) !== null

function totals(sinks: readonly Sink[]): { tcp: number; http: number; forms: number } {
  const sum = (name: 'tcp' | 'http' | 'forms'): number => sinks.reduce((total, sink) => total + sink.counts[name], 0)
  return { tcp: sum('tcp'), http: sum('http'), forms: sum('forms') }
}

/** Are the app's own parts still where they were, uncovered, and looking the same? */
function chromeOf(page: EnginePage, sentinels: readonly string[]): Promise<readonly Chrome[]> {
  return page.evaluate(
    (selectors) => {
      // what the reader has opened lies over the page
      if (document.querySelector('dialog[open]')) return []
      return selectors.map((selector) => {
        const element = document.querySelector(selector)
        if (element === null) return { covered: `${selector} is not there`, style: `${selector} gone` }
        const box = element.getBoundingClientRect()
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
        const { color, backgroundColor, font, display, position } = getComputedStyle(element)
        const size = [box.left, box.top, box.width, box.height].map(Math.round)
        const style = [selector, color, backgroundColor, font, display, position, ...size].join(' ')
        const isFree = top !== null && (element.contains(top) || top.contains(element))
        return {
          covered: isFree ? null : `${selector} under ${top?.tagName ?? 'nothing'} ${top?.className ?? ''}`,
          style,
        }
      })
    },
    [...sentinels],
  )
}
