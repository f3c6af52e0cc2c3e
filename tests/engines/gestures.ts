/** All that a mouse, a finger and keys can do to a link short of confirming it, by real input. */
import type { Engine } from '../hostile/engines.ts'
import { pause, until, type EnginePage, type InputSource, type Realm } from '../hostile/engine-page.ts'

export interface Gesture {
  readonly name: string
  /** Events that the link must have heard, so that it is known that this was done to it. */
  readonly heard: readonly string[]
  /** Engines in which it is a click, too, so that the app asks whether to open the link. */
  readonly asks: readonly Engine[]
  make(page: EnginePage, at: Place): Promise<void>
}

/** A link, in the page or in a frame of it, and where it is to be pressed in the window. */
export interface Place {
  readonly realm: Realm
  readonly x: number
  readonly y: number
}

/** Longer than an engine waits before it takes a pointer that rests for an interest (Chromium: a fifth of a second). */
const holdMs = 300
const ctrl = '\uE009'
const enter = '\uE007'
const escape = '\uE00C'

const rest = { type: 'pause', duration: holdMs }

function pointer(pointerType: 'mouse' | 'touch', ...actions: InputSource['actions'][number][]): readonly InputSource[] {
  return [{ type: 'pointer', id: pointerType, parameters: { pointerType }, actions }]
}

/** Where WebDriver wants whole numbers. */
const to = ({ x, y }: { x: number; y: number }): InputSource['actions'][number] => ({
  type: 'pointerMove',
  x: Math.round(x),
  y: Math.round(y),
  duration: 0,
})

const press = (button: number): InputSource['actions'][number][] => [
  { type: 'pointerDown', button },
  rest,
  { type: 'pointerUp', button },
]

export function pressKey(page: EnginePage, value: string): Promise<void> {
  const actions = [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]
  return page.act([{ type: 'key', id: 'keys', actions }])
}

export const hover = (page: EnginePage, at: { x: number; y: number }): Promise<void> =>
  page.act(pointer('mouse', to({ x: at.x + 250, y: at.y + 90 }), to(at), rest))

export const click = (page: EnginePage, at: { x: number; y: number }): Promise<void> =>
  page.act(pointer('mouse', to(at), ...press(0)))

const everywhere: readonly Engine[] = ['firefox', 'webkit']

export const gestures: readonly Gesture[] = [
  {
    name: 'hover',
    heard: ['pointerover mouse'],
    asks: [],
    make: hover,
  },
  { name: 'press and hold', heard: ['mousedown 0', 'click 0'], asks: everywhere, make: click },
  {
    name: 'middle press',
    heard: ['mousedown 1'],
    asks: everywhere,
    make: (page, at) => page.act(pointer('mouse', to(at), ...press(1))),
  },
  {
    name: 'press with Ctrl',
    heard: ['mousedown 0 Ctrl', 'click 0 Ctrl'],
    asks: everywhere,
    make: async (page, at) => {
      await page.act([{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value: ctrl }] }])
      await click(page, at)
      await page.act([{ type: 'key', id: 'keys', actions: [{ type: 'keyUp', value: ctrl }] }])
    },
  },
  {
    name: 'focus and Enter',
    heard: ['keydown Enter', 'click 0'],
    asks: everywhere,
    make: async (page, { realm }) => {
      await realm.evaluate(() => document.querySelector<HTMLElement>('[data-pressed]')?.focus())
      await pause(holdMs)
      await pressKey(page, enter)
    },
  },
  {
    name: 'touch and hold',
    heard: ['touchstart'],
    asks: [],
    make: (page, at) => page.act(pointer('touch', to(at), ...press(0))),
  },
  {
    name: 'menu',
    heard: ['mousedown 2', 'contextmenu 2'],
    // its driver lets every button go as if it were the left one
    asks: ['webkit'],
    make: (page, at) => page.act(pointer('mouse', to(at), ...press(2))),
  },
  // last: a drag of the system's own stays begun
  {
    name: 'drag',
    heard: ['mousedown 0', 'dragstart 0'],
    asks: [],
    make: (page, at) => {
      const away = [1, 2, 3, 4, 5, 6].map((step) => to({ x: at.x + step * 30, y: at.y + step * 10 }))
      return page.act(pointer('mouse', to(at), { type: 'pointerDown', button: 0 }, ...away, rest))
    },
  },
]

/** Finds the link to a host, and listens to what is done to it from now on. */
export async function findLink(page: EnginePage, host: string): Promise<Place> {
  const selector = `a[href*="${host}"]`
  let found: Place | undefined
  for (let tries = 0; found === undefined && tries < 200; tries++) {
    if (tries > 0) await pause(50)
    const inPage = await page.evaluate(listen, selector)
    if (inPage) return { realm: page, ...inPage }
    for (const [index, realm] of (await page.frames('main article iframe')).entries()) {
      const inFrame = await realm?.evaluate(listen, selector).catch(() => null)
      if (!realm || !inFrame) continue
      const { left, top } = await page.evaluate((at) => {
        const box = document.querySelectorAll('main article iframe')[at]!.getBoundingClientRect()
        return { left: box.left, top: box.top }
      }, index)
      found = { realm, x: left + inFrame.x, y: top + inFrame.y }
    }
  }
  if (!found) throw new Error(`no link to ${host}`)
  return found
}

/** Runs in a document: the middle of the link, which is marked. */
function listen(selector: string): { x: number; y: number } | null {
  const link = document.querySelector<HTMLElement>(selector)
  if (!link) return null
  if (!link.hasAttribute('data-pressed')) {
    link.setAttribute('data-pressed', '')
    const heard: string[] = []
    Object.assign(window, { heard })
    const note = (event: Event): void => {
      const { type } = event
      if (event instanceof KeyboardEvent) heard.push(`${type} ${event.key}`)
      else if (event instanceof PointerEvent && type === 'pointerover') heard.push(`${type} ${event.pointerType}`)
      else if (event instanceof MouseEvent && event.ctrlKey) heard.push(`${type} ${String(event.button)} Ctrl`)
      else if (event instanceof MouseEvent) heard.push(`${type} ${String(event.button)}`)
      else heard.push(type)
    }
    for (const type of 'pointerover touchstart mousedown click keydown contextmenu dragstart'.split(' '))
      link.addEventListener(type, note, true)
  }
  const box = link.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

/** What the link has heard since the last question. WebKit's driver moves the focus into a frame that is asked. */
export const heardBy = ({ realm }: Place): Promise<readonly string[]> =>
  realm.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))

/** Waits for the app's question; answers where "Open it" is. */
export async function askedBy(page: EnginePage): Promise<{ x: number; y: number }> {
  await until(page, 'the question', 10_000, () => document.querySelector('dialog[open] [data-link-host]') !== null)
  return page.evaluate(() => {
    const yes = [...document.querySelectorAll('dialog[open] :is(button, a)')].find((one) =>
      one.textContent.includes('Open it'),
    )
    const box = yes!.getBoundingClientRect()
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  })
}

/** Says no to the question; the first Escape may have been for a menu of the browser's own. */
export async function dismiss(page: EnginePage): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await pressKey(page, escape)
    const isOver = (): boolean => document.querySelector('dialog[open]') === null
    if (
      await until(page, 'no question', 500, isOver).then(
        () => true,
        () => false,
      )
    )
      return
  }
  throw new Error('the question stays')
}
