import { describe, expect, it } from 'vitest'
import { chosenKeys, keyNow } from './chosen-keys.ts'
import { hintOf } from './key-hint.ts'
import { keyHint } from '../i18n/key-caps.ts'

const settings = (keys: unknown, letterKeys = true): Parameters<typeof hintOf>[0] => ({
  chosen: () => ({ keys }),
  get: () => letterKeys,
})

describe('the key that is pressed for a command', () => {
  it('is its own until another is chosen, and none where its own does nothing or something else', () => {
    expect(keyNow({}, 'e')).toBe('e')
    expect(keyNow({ y: 'e', e: '' }, 'e')).toBe('y')
    expect(keyNow({ e: '' }, 'e')).toBeUndefined()
    expect(keyNow({ e: '!', '!': '' }, 'e')).toBeUndefined()
    expect(keyNow({ e: '!', '!': '' }, '!')).toBe('e')
    expect(keyNow({}, 'constructor')).toBe('constructor')
  })

  it.each([undefined, null, 'e', 7, ['e'], { e: 3, y: null }])('is its own where %j was stored', (stored) => {
    expect(keyNow(chosenKeys(settings(stored)), 'y')).toBe('y')
  })
})

describe('what a menu shows beside a command', () => {
  it('is the key that is bound, or nothing', () => {
    expect(hintOf(settings({ y: 'V', V: '' }), 'V')?.text).toBe('Y')
    expect(hintOf(settings({ V: '' }), 'V')).toBeUndefined()
  })

  it('is nothing where letters are no keys, but for those with Ctrl', () => {
    expect(hintOf(settings({}, false), 'e')).toBeUndefined()
    expect(hintOf(settings({ 'Mod+e': 'e', e: '' }, false), 'e')?.text).toBe('Ctrl E')
    expect(hintOf(settings({}, false), 'Enter')?.text).toBe('Enter')
  })

  it('is written as its keyboard does, and told to assistive technology where that can be', () => {
    expect(keyHint('V', false)).toEqual({ text: 'Shift V', aria: 'Shift+V' })
    expect(keyHint('V', true)).toEqual({ text: '⇧V', aria: 'Shift+V' })
    expect(keyHint('Mod+Shift+z', true)).toEqual({ text: '⌘⇧Z', aria: 'Meta+Shift+Z' })
    expect(keyHint('Mod+e', false)).toEqual({ text: 'Ctrl E', aria: 'Control+E' })
    expect(keyHint('Enter', true)).toEqual({ text: '↵', aria: 'Enter' })
    expect(keyHint('g i', true)).toEqual({ text: 'G I', aria: undefined })
    expect(keyHint('+', false)).toEqual({ text: '+', aria: 'Plus' })
    expect(keyHint('#', false)).toEqual({ text: '#', aria: '#' })
  })
})
