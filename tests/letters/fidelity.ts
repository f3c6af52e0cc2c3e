/**
 * Newsletters in the built app beside the same HTML as the browser shows it, in a frame as wide (frame design §7): what
 * stands outside of the frame, what words are lost, and what share of the pixels differs.
 */
import { rmSync } from 'node:fs'
import { serve } from '../../demo/http/serve.ts'
import { openPage, type DrivenPage } from '../engines/driven-page.ts'
import { crop, decodePng, shareThatDiffers, type Pixels, type Rect } from './png-pixels.ts'
import type { Engine } from '../hostile/engines.ts'
import { asMail, readNewsletters, writeMailFolder, type Newsletter } from './newsletter-mail.ts'
import { startRawSite } from './raw-site.ts'
import { openLetter, signInOnDemo } from './reader.ts'

export interface Fidelity {
  readonly name: string
  /** Elements that are seen and stand outside of the frame, in part or whole. */
  readonly boxesOutside: number
  /** Words that the raw letter shows and ours does not. */
  readonly wordsLost: readonly string[]
  /** Of the pixels of the letter, 0 to 1. */
  readonly differs: number
  readonly width: number
  readonly height: number
  readonly pictures: { readonly ours: Pixels; readonly raw: Pixels }
}

interface Look {
  /** What a reader sees, and all there is. */
  readonly shown: string
  readonly text: string
  readonly outside: number
  /** What is too wide is drawn smaller: the raw letter then, too. */
  readonly scale: string
}

interface Ours extends Look {
  readonly rect: Rect
  readonly picture: Pixels
}

/** As tall as a letter may be here: all of it is on screen, and is painted. */
const size = { width: 1440, height: 2000, isDark: false }
const frameSelector = 'main article .paper iframe'

export async function measureFidelity(engine: Engine): Promise<readonly Fidelity[]> {
  const newsletters = readNewsletters()
  const mail = writeMailFolder(newsletters.map((letter) => ({ name: letter.name, raw: asMail(letter) })))
  const site = await serve({ messages: 0, mail })
  const raw = await startRawSite(newsletters)
  try {
    const shown = await withPage(engine, async (page) => {
      await signInOnDemo(page, site.url)
      const looks: Ours[] = []
      for (const [index, letter] of newsletters.entries()) {
        await openLetter(page, index + 1)
        looks.push(await lookAtOurs(page, letter))
      }
      return looks
    })
    return await withPage(engine, async (page) => {
      await page.goto(raw.url)
      const found: Fidelity[] = []
      for (const [index, ours] of shown.entries()) {
        const letter = newsletters[index]
        if (letter) found.push(await compare(page, letter, ours))
      }
      return found
    })
  } finally {
    raw.close()
    await site.close()
    rmSync(mail, { recursive: true, force: true })
  }
}

async function withPage<T>(engine: Engine, task: (page: DrivenPage) => Promise<T>): Promise<T> {
  const page = await openPage(engine, size)
  try {
    return await task(page)
  } finally {
    await page.close()
  }
}

async function lookAtOurs(page: DrivenPage, letter: Newsletter): Promise<Ours> {
  const pictures = letter.html.match(/src="?cid:/g)?.length ?? 0
  await untilTrue(`the pictures of ${letter.name}`, () =>
    page.inFrame<boolean>(
      frameSelector,
      `[...document.images].filter((image) => image.src.startsWith('blob:') && image.complete && image.naturalWidth > 1).length === ${String(pictures)}`,
    ),
  )
  const picture = await stillPicture(page)
  const rect = await page.run<Rect>(rectOf(frameSelector))
  if (rect.top + rect.height > size.height) throw new Error(`${letter.name} is taller than the window`)
  return { ...(await page.inFrame<Look>(frameSelector, look)), rect, picture: crop(picture, rect) }
}

async function compare(page: DrivenPage, letter: Newsletter, ours: Ours): Promise<Fidelity> {
  const { left, top, width } = ours.rect
  await page.run(`new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.style.cssText = 'position:absolute;border:0;background:#fff;left:${String(left)}px;top:${String(top)}px;width:${String(width)}px;height:10px'
    frame.onload = () => {
      const { documentElement: root, body } = frame.contentDocument
      body.style.setProperty('zoom', ${JSON.stringify(ours.scale)})
      const bodyHeight = body.getBoundingClientRect().height * ${pxOf('body')}
      frame.style.height = Math.ceil(Math.max(root.getBoundingClientRect().height, bodyHeight)) + 'px'
      resolve(true)
    }
    frame.src = ${JSON.stringify(`/${letter.name}`)}
    document.body.replaceChildren(frame)
  })`)
  await page.run(`Promise.all([...document.querySelector('iframe').contentDocument.images].map((image) =>
    image.complete || new Promise((resolve) => { image.onload = image.onerror = () => resolve(true) })))`)
  const picture = await stillPicture(page)
  const rect = await page.run<Rect>(rectOf('iframe'))
  const theirs = await page.inFrame<Look>('iframe', look)
  const pictures = { ours: ours.picture, raw: crop(picture, rect) }
  return {
    name: letter.name,
    boxesOutside: ours.outside,
    wordsLost: [...wordsLost(theirs.shown, ours.shown), ...wordsLost(theirs.text, ours.text)],
    differs: shareThatDiffers(pictures.ours, pictures.raw),
    width: pictures.ours.width,
    height: pictures.ours.height,
    pictures,
  }
}

function wordsLost(from: string, to: string): readonly string[] {
  const left = new Map<string, number>()
  for (const word of wordsOf(to)) left.set(word, (left.get(word) ?? 0) + 1)
  return wordsOf(from).filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
}

const wordsOf = (text: string): readonly string[] => text.split(/[\s\u00ad\u200b-\u200f]+/).filter(Boolean)

/** Until two pictures in a row are the same. */
async function stillPicture(page: DrivenPage): Promise<Pixels> {
  let last = await page.picture()
  for (let tries = 0; tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    const next = await page.picture()
    if (Buffer.compare(Buffer.from(last), Buffer.from(next)) === 0) return decodePng(next)
    last = next
  }
  throw new Error('the page does not stand still')
}

async function untilTrue(what: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await ask().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const rectOf = (selector: string): string =>
  `(({ left, top, width, height }) => ({ left, top, width, height }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`

/** WebKit tells of what is in a scaled body in px of the letter's own: how many of the frame's are one of those told. */
const pxOf = (body: string): string =>
  `(((scale, told) => told > (1 + scale) / 2 ? scale : 1)(Number(${body}.style.zoom || 1), ${body}.getBoundingClientRect().width / ${body}.offsetWidth))`

/** In the letter's document: its words, and boxes that nothing cuts off and that are not wholly in the window. */
const look = `(() => {
  const copy = document.body.cloneNode(true)
  for (const part of copy.querySelectorAll('style, title, script')) part.remove()
  const isShown = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { opacity, visibility, display } = getComputedStyle(at)
      if (opacity === '0' || visibility === 'hidden' || display === 'none') return false
    }
    return true
  }
  const px = ${pxOf('document.body')}
  const seenBox = (element) => {
    let { left, right, top, bottom } = element.getBoundingClientRect()
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue
      const clip = at.getBoundingClientRect()
      left = Math.max(left, clip.left)
      right = Math.min(right, clip.right)
      top = Math.max(top, clip.top)
      bottom = Math.min(bottom, clip.bottom)
    }
    ;[left, right, top, bottom] = [left, right, top, bottom].map((side) => side * px)
    return { left, right, top, bottom, width: right - left, height: bottom - top }
  }
  const { clientWidth } = document.documentElement
  const outside = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = seenBox(element)
    if (box.width <= 0 || box.height <= 0 || !isShown(element)) return false
    return box.left < -1 || box.top < -1 || box.right > clientWidth + 1 || box.bottom > innerHeight + 1
  })
  return { shown: document.body.innerText, text: copy.textContent, outside: outside.length, scale: document.body.style.zoom }
})()`
