import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FramePool } from '../../render/frame-pool.ts'
import { AsideFrames } from './aside-frames.ts'
import { FakeFrame } from './testing/fake-desk.ts'
import type { SlotLetter } from './frame-slot.svelte.ts'
import type { LetterContent, LetterFrame } from '../../render/letter-frame.ts'

const letter = (id: string): SlotLetter => ({ id }) as SlotLetter
const nothing = { before: undefined, onEvicted: () => undefined }

/** jsdom moves no node without taking it out, which is all the same to a fake frame. */
function moveBefore(this: Element, node: Node): void {
  this.append(node)
}

describe('letters painted out of sight', () => {
  let frames: FakeFrame[]
  let pool: FramePool
  let aside: AsideFrames
  let stop: (() => void) | undefined
  const host = (): HTMLElement => document.body.appendChild(document.createElement('div'))

  beforeEach(() => {
    Object.defineProperty(Element.prototype, 'moveBefore', { configurable: true, value: moveBefore })
    frames = []
    pool = new FramePool({
      limit: 8,
      create: (place, mode) => {
        const frame = new FakeFrame(place, mode)
        frames.push(frame)
        return frame as unknown as LetterFrame
      },
    })
    const content = ({ id }: SlotLetter): LetterContent => ({ id, images: [] }) as unknown as LetterContent
    aside = new AsideFrames({ pool, content })
    const box = host()
    box.dataset['aside'] = ''
    stop = aside.attach(box) as () => void
  })
  afterEach(() => {
    stop?.()
    document.body.replaceChildren()
    Reflect.deleteProperty(Element.prototype, 'moveBefore')
  })

  it('come on screen as they are, and what was there goes aside still painted', () => {
    const place = host()
    pool.take(place, 'closed', () => undefined)
    aside.prepare(letter('next'), 600)
    frames[1]?.paint()
    expect(aside.claim(letter('next'), place, { ...nothing, before: letter('first') })).toMatchObject({
      height: 120,
      isPainted: true,
    })
    expect(place.firstChild).toBe(frames[1]?.element)
    aside.prepare(letter('first'), 600)
    expect(frames[0]?.shown).toEqual([])
    expect(aside.claim(letter('first'), place, nothing)?.isPainted).toBe(true)
    expect(place.firstChild).toBe(frames[0]?.element)
    expect(frames).toHaveLength(2)
  })

  it('are two at most: the one that was wanted longest ago makes room', () => {
    for (const id of ['a', 'b', 'a', 'c']) aside.prepare(letter(id), 600)
    expect(frames.map(({ shown }) => shown)).toEqual([['a'], ['b', 'c']])
    expect(aside.claim(letter('b'), host(), nothing)).toBeUndefined()
  })

  it('are claimed on their way too, and then say themselves when they are painted', () => {
    aside.prepare(letter('next'), 600)
    expect(aside.claim(letter('next'), host(), nothing)?.isPainted).toBe(false)
  })

  it('are forgotten with the looks they were painted in, and when their frame fails', () => {
    aside.prepare(letter('a'), 600)
    aside.forget()
    expect(aside.claim(letter('a'), host(), nothing)).toBeUndefined()
    aside.prepare(letter('b'), 600)
    frames[0]?.fail()
    expect(aside.claim(letter('b'), host(), nothing)).toBeUndefined()
    expect(pool.size).toBe(0)
  })

  it('are none where a moved frame would load anew, and none without a width', () => {
    aside.prepare(letter('a'), 0)
    Reflect.deleteProperty(Element.prototype, 'moveBefore')
    aside.prepare(letter('a'), 600)
    expect(frames).toEqual([])
  })
})
