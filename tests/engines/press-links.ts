/** Makes every gesture on links of letters in an engine, between two proofs that a contact would have been counted. */
import { signIn } from '../hostile/app-driver.ts'
import { openEngine, type Engine } from '../hostile/engines.ts'
import { pause, until, type EnginePage } from '../hostile/engine-page.ts'
import { openedHost, plainHost } from '../hostile/press-links.ts'
import { tell, type Sink, type SinkRequest } from '../hostile/sink.ts'
import { openSinks } from '../hostile/start-engine.ts'
import { askedBy, click, dismiss, findLink, gestures, heardBy, hover, type Gesture } from './gestures.ts'

/** What the driver of an engine cannot do: a finger is a mouse to WebKit's. */
const beyond: Readonly<Record<Engine, readonly string[]>> = { chromium: [], firefox: [], webkit: ['touch and hold'] }

/** Names of the gestures that were made; throws where one was not, or somebody was contacted. */
export async function pressInEngine(engine: Engine, url: string): Promise<readonly string[]> {
  const sinks = await openSinks(engine)
  const possible = gestures.filter(({ name }) => !beyond[engine].includes(name))
  try {
    for (const [subject, host] of [
      ['Pressed text', 'text.press.test'],
      ['Pressed markup', 'html.press.test'],
    ] as const) {
      const opened = await openEngine(engine, sinks[0]?.port ?? 0, new URL(url).host)
      if (!opened) throw new Error(`no ${engine} here`)
      try {
        await countConnection(opened.page, sinks)
        await signIn(opened.page, url)
        await openLetter(opened.page, subject)
        const press = (gesture: Gesture): Promise<void> =>
          makeGesture(opened.page, host, gesture, sinks).catch((error: unknown) => {
            throw new Error(`${subject}, ${gesture.name}: ${error instanceof Error ? error.message : String(error)}`)
          })
        for (const gesture of possible.filter(({ name }) => name !== 'drag')) await press(gesture)
        if (subject === 'Pressed markup') await openForReal(opened.page, sinks)
        // a drag of the system's own stays begun
        else for (const gesture of possible.filter(({ name }) => name === 'drag')) await press(gesture)
      } finally {
        await opened.close()
        opened.clean()
      }
    }
    return possible.map(({ name }) => name)
  } finally {
    await Promise.all(sinks.map((sink) => sink.close()))
  }
}

const connections = (sinks: readonly Sink[]): number => sinks.reduce((sum, { counts }) => sum + counts.tcp, 0)

/** A connection that asks for nothing is counted, too. */
async function countConnection(page: EnginePage, sinks: readonly Sink[]): Promise<void> {
  const before = connections(sinks)
  await page.goto('data:text/html,<link rel="preconnect" href="http://control.press.test">')
  for (let tries = 0; connections(sinks) === before; tries++) {
    if (tries > 100) throw new Error('a connection was not counted')
    await pause(50)
  }
}

async function openLetter(page: EnginePage, subject: string): Promise<void> {
  await until(
    page,
    `the row of ${subject}`,
    20_000,
    (words) => {
      const links = [...document.querySelectorAll<HTMLElement>('[data-view=messages] [role=listitem] a')]
      const link = links.find(({ textContent }) => textContent.includes(words))
      link?.click()
      return link !== undefined
    },
    subject,
  )
  await until(
    page,
    subject,
    20_000,
    (words) =>
      document.querySelector('main h1')?.textContent.includes(words) === true &&
      document.querySelector('main article[aria-busy=false]') !== null &&
      document.querySelector('main article[aria-busy=true]') === null,
    subject,
  )
}

async function makeGesture(page: EnginePage, host: string, gesture: Gesture, sinks: readonly Sink[]): Promise<void> {
  const before = connections(sinks)
  const place = await findLink(page, host)
  await heardBy(place)
  await gesture.make(page, place)
  if (gesture.asks.includes(page.engine)) {
    await askedBy(page)
    await dismiss(page)
  }
  const heard = await heardBy(place)
  const missed = gesture.heard.filter((event) => !heard.includes(event))
  if (missed.length > 0) throw new Error(`the link heard ${heard.join(', ')} and no ${missed.join(', ')}`)
  if (connections(sinks) > before) throw new Error(`${host} was contacted before the question was answered`)
}

/** What begins before is accepted before: all that was seen are these. */
async function openForReal(page: EnginePage, sinks: readonly Sink[]): Promise<void> {
  await confirm(page, openedHost, sinks)
  // as where the press came too long ago for a window: the question has a link in place of a button
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } })
  })
  await confirm(page, plainHost, sinks)
  const others = askedOf(sinks).filter(({ headers }) => ![openedHost, plainHost].includes(headers['host'] ?? ''))
  if (others.length > 0) throw new Error(`besides the confirmed links: ${others.map(tell).join('; ')}`)
}

const askedOf = (sinks: readonly Sink[]): readonly SinkRequest[] => sinks.flatMap(({ requests }) => requests)

async function confirm(page: EnginePage, host: string, sinks: readonly Sink[]): Promise<void> {
  const before = connections(sinks)
  await click(page, await findLink(page, host))
  const yes = await askedBy(page)
  await hover(page, yes)
  if (connections(sinks) > before) throw new Error(`${host} was contacted by a pointer on its question`)
  // an engine closes windows that nobody waits for
  await page.withWindow(
    () => click(page, yes),
    async () => {
      for (let tries = 0; !askedOf(sinks).some(({ headers }) => headers['host'] === host); tries++) {
        if (tries > 200) throw new Error('a link that was confirmed did not open')
        await pause(50)
      }
    },
  )
}
