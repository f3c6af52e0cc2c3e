import { describe, expect, it } from 'vitest'
import { changeable, keyProblem, pressedKey, withKey, type Changeable } from './bind-key.ts'
import { keyNow } from './chosen-keys.ts'

function named(name: string): Changeable {
  const found = changeable.find((command) => command.name === name)
  if (!found) throw new Error(name)
  return found
}
const archive = named('archiveIt')
const none = { ctrl: false, meta: false, alt: false, shift: false }

describe('a key that is chosen for a command', () => {
  it('is stored with what it stands for, and what came with it does nothing; its own again leaves nothing behind', () => {
    const chosen = withKey({}, archive, 'y')
    expect(chosen).toEqual({ y: 'e', e: '' })
    expect(withKey(chosen, archive, 'h')).toEqual({ h: 'e', e: '' })
    expect(withKey(chosen, archive, undefined)).toEqual({ e: '' })
    expect(withKey(chosen, archive, 'e')).toEqual({})
  })

  it('may be what another command came with, and both can be put back in either order', () => {
    const junk = named('junk')
    const freed = withKey({}, archive, 'y')
    const both = withKey(freed, junk, 'e')
    expect([keyNow(both, 'e'), keyNow(both, '!')]).toEqual(['y', 'e'])
    expect(keyProblem('e', archive, both)).toEqual({ kind: 'taken', by: junk })
    expect(withKey(withKey(both, junk, '!'), archive, 'e')).toEqual({})
  })
})

describe('what stands against a key', () => {
  it('is the command that has it now, also by a key that cannot be changed', () => {
    expect(keyProblem('s', archive, {})).toEqual({ kind: 'taken', by: named('flag') })
    expect(keyProblem('s', archive, withKey({}, named('flag'), 'y'))).toBeUndefined()
    expect(keyProblem('e', archive, {})).toBeUndefined()
    expect(keyProblem('g 1', archive, {})).toMatchObject({ kind: 'taken', by: { name: 'account' } })
  })

  it('is a command that would be begun, or done, on the way to it', () => {
    expect(keyProblem('g', archive, {})).toMatchObject({ kind: 'begins' })
    expect(keyProblem('s y', archive, {})).toEqual({ kind: 'begins', by: named('flag') })
    expect(keyProblem('g y', archive, {})).toBeUndefined()
    // its own first key is free with it
    expect(keyProblem('e y', archive, {})).toBeUndefined()
  })

  it.each(['Mod+t', 'Mod+w', 'Mod+n', 'Mod+c', 'Mod+1', 'Mod+-', 'Mod+a', 'Mod+z', 'Mod+Shift+b'])(
    'is that %s is the browser’s',
    (pressed) => {
      expect(keyProblem(pressed, archive, {})).toEqual({ kind: 'reserved' })
    },
  )

  it('is nothing for others with Ctrl', () => {
    for (const pressed of ['Mod+e', 'Mod+b', 'Mod+;']) expect(keyProblem(pressed, archive, {})).toBeUndefined()
  })
})

it('a press is a key by what it writes, with Ctrl or ⌘ by its letter, and none where it writes nothing', () => {
  expect(pressedKey({ ...none, key: 'E', shift: true })).toBe('E')
  expect(pressedKey({ ...none, key: '#', shift: true })).toBe('#')
  expect(pressedKey({ ...none, key: 'e', ctrl: true })).toBe('Mod+e')
  expect(pressedKey({ ...none, key: 'E', meta: true, shift: true })).toBe('Mod+Shift+e')
  for (const key of ['Shift', 'Tab', 'Enter', 'ArrowDown', 'F5', ' ', 'Dead']) {
    expect(pressedKey({ ...none, key })).toBeUndefined()
  }
  expect(pressedKey({ ...none, key: 'e', alt: true })).toBeUndefined()
})
