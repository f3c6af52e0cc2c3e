import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { KeyBindings } from './shortcuts.ts'
import type { KeyPress } from '../state/contexts.ts'

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  meta: false,
  alt: false,
  shift: false,
  ...changes,
})

let clock: ManualClock
let keys: KeyBindings
let areLettersOn: boolean
let chosen: unknown
beforeEach(() => {
  clock = new ManualClock()
  areLettersOn = true
  chosen = {}
  keys = new KeyBindings(
    clock,
    () => areLettersOn,
    () => chosen,
  )
})

describe('letters as keys, turned off', () => {
  it('leaves every key of one character alone, with Shift and in sequences, but none that leads out', () => {
    const used = vi.fn()
    keys.add({ j: used, I: used, '/': used, 'g i': used, Escape: used, F6: used })
    areLettersOn = false
    for (const key of ['j', 'I', '/', 'g', 'i']) expect(keys.dispatch(press(key, { shift: key === 'I' }))).toBe(false)
    expect(used).not.toHaveBeenCalled()
    for (const key of ['Escape', 'F6']) expect(keys.dispatch(press(key))).toBe(true)
    areLettersOn = true
    expect(keys.dispatch(press('j'))).toBe(true)
  })
})

describe('single keys', () => {
  it('asks the latest added first, and the one before where that leaves the key alone', () => {
    const below = vi.fn()
    const above = vi.fn(() => false)
    keys.add({ j: below })
    const remove = keys.add({ j: above })
    expect(keys.dispatch(press('j'))).toBe(true)
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 1])
    remove()
    keys.dispatch(press('j'))
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 2])
  })

  it('leaves keys with Ctrl, Alt or Meta to the browser, and unknown ones, those of Object too', () => {
    const j = vi.fn()
    keys.add({ j })
    expect(keys.dispatch(press('j', { ctrl: true }))).toBe(false)
    expect(keys.dispatch(press('j', { meta: true }))).toBe(false)
    expect(keys.dispatch(press('j', { alt: true }))).toBe(false)
    expect(keys.dispatch(press('constructor'))).toBe(false)
    expect(j).not.toHaveBeenCalled()
  })
})

describe('keys with Ctrl or ⌘', () => {
  it('are keys of their own, whichever of the two is held and however the browser writes the letter', () => {
    const undo = vi.fn()
    const redo = vi.fn()
    keys.add({ z: () => expect.fail('without Ctrl'), 'Mod+z': undo, 'Mod+Shift+z': redo })
    expect(keys.dispatch(press('z', { ctrl: true }))).toBe(true)
    expect(keys.dispatch(press('z', { meta: true }))).toBe(true)
    expect(keys.dispatch(press('Z', { ctrl: true, shift: true }))).toBe(true)
    expect(keys.dispatch(press('z', { meta: true, shift: true }))).toBe(true)
    expect(keys.dispatch(press('z', { ctrl: true, alt: true }))).toBe(false)
    expect([undo.mock.calls.length, redo.mock.calls.length]).toEqual([2, 2])
  })

  it('work where letters as keys are turned off', () => {
    const undo = vi.fn()
    keys.add({ 'Mod+z': undo })
    areLettersOn = false
    expect(keys.dispatch(press('z', { ctrl: true }))).toBe(true)
  })
})

describe('sequences', () => {
  it('runs on the second key, within its time', async () => {
    const inbox = vi.fn()
    keys.add({ 'g i': inbox })
    expect(keys.dispatch(press('g'))).toBe(true)
    expect(keys.dispatch(press('i'))).toBe(true)
    expect(inbox).toHaveBeenCalledTimes(1)
    keys.dispatch(press('g'))
    await clock.advance(1300)
    expect(keys.dispatch(press('i'))).toBe(false)
    expect(inbox).toHaveBeenCalledTimes(1)
  })

  it('takes a second key that ends no sequence for itself', () => {
    const j = vi.fn()
    keys.add({ 'g i': vi.fn(), j })
    keys.dispatch(press('g'))
    expect(keys.dispatch(press('j'))).toBe(true)
    expect(j).toHaveBeenCalledTimes(1)
  })
})

describe('keys that the reader chose', () => {
  it('do what the key does that comes with Postern, which does it no longer', () => {
    const archive = vi.fn()
    keys.add({ e: archive })
    chosen = { y: 'e', e: '' }
    expect(keys.dispatch(press('e'))).toBe(false)
    expect(keys.dispatch(press('y'))).toBe(true)
    expect(archive).toHaveBeenCalledTimes(1)
    // and from the next press on, whatever tab chose
    chosen = {}
    expect(keys.dispatch(press('y'))).toBe(false)
    expect(keys.dispatch(press('e'))).toBe(true)
  })

  it('may be two, one after the other, with Ctrl, or another command’s that has one of its own', async () => {
    const [archive, junk, inbox] = [vi.fn(), vi.fn(), vi.fn()]
    keys.add({ e: archive, '!': junk, 'g i': inbox })
    chosen = { 'w e': 'e', e: '!', '!': '', 'Mod+y': 'g i', 'g i': '' }
    keys.dispatch(press('e'))
    expect([archive.mock.calls.length, junk.mock.calls.length]).toEqual([0, 1])
    expect(keys.dispatch(press('w'))).toBe(true)
    expect(keys.dispatch(press('e'))).toBe(true)
    expect([archive.mock.calls.length, junk.mock.calls.length]).toEqual([1, 1])
    keys.dispatch(press('w'))
    await clock.advance(1300)
    keys.dispatch(press('e'))
    expect([archive.mock.calls.length, junk.mock.calls.length]).toEqual([1, 2])
    expect(keys.dispatch(press('y', { ctrl: true }))).toBe(true)
    keys.dispatch(press('g'))
    expect(keys.dispatch(press('i'))).toBe(false)
    expect(inbox).toHaveBeenCalledTimes(1)
  })

  it('leave alone what was stored as anything else', () => {
    const archive = vi.fn()
    keys.add({ e: archive })
    for (const other of [undefined, null, { e: null }, { constructor: 'e' }, Object('e'), Object(7)]) {
      chosen = other
      expect(keys.dispatch(press('e'))).toBe(true)
      expect(keys.dispatch(press('toString'))).toBe(false)
    }
    expect(archive).toHaveBeenCalledTimes(6)
  })
})
