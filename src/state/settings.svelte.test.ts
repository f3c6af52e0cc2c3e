import { flushSync } from 'svelte'
import { beforeEach, describe, expect, it } from 'vitest'
import { saveSetting } from './save-setting.ts'
import { Settings } from './settings.svelte.ts'
import { settingsTable } from './settings-table.ts'
import type { SettingsStore } from './settings.svelte.ts'
import type { SettingName } from './settings-table.ts'

let stored: Map<string, string>
let store: SettingsStore
beforeEach(() => {
  stored = new Map()
  store = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, text) => void stored.set(key, text),
  }
})

describe('the table', () => {
  it.each(Object.entries(settingsTable))('%s: what holds by itself can be chosen, too', (_name, setting) => {
    expect(setting.choices).toContain(setting.default)
  })
})

describe('reading', () => {
  it('answers the default where nothing was chosen, or nothing can be kept', () => {
    expect(new Settings(store).get('theme')).toBe('system')
    expect(new Settings(undefined).get('readDelay', 'k.a')).toBe(1)
  })

  it.each([
    ['no JSON', '{theme'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['a number', '7'],
    ['an unknown choice', '{"theme":"sepia","letterKeys":0}'],
    ['another type', '{"theme":["dark"],"letterKeys":"true"}'],
    ['a name of Object itself', '{"__proto__":{"theme":"dark"}}'],
  ])('answers the default for a stored value that is %s', (_what, text) => {
    stored.set('postern:settings', text)
    const settings = new Settings(store)
    expect(settings.get('theme')).toBe('system')
    expect(settings.get('letterKeys')).toBe(true)
  })

  it('keeps accounts apart, and a device setting out of an account', () => {
    stored.set('postern:settings/k.a', '{"readDelay":null,"theme":"dark"}')
    const settings = new Settings(store)
    expect(settings.get('readDelay', 'k.a')).toBeNull()
    expect(settings.get('readDelay', 'k.b')).toBe(1)
    expect(settings.get('theme')).toBe('system')
  })

  it('survives a browser that forbids reading', () => {
    const settings = new Settings({
      ...store,
      getItem: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    expect(settings.get('density')).toBe('regular')
  })
})

describe('choosing', () => {
  const choose = (settings: Settings, isKept = true): void =>
    saveSetting(settings, { name: 'theme', value: 'dark', owner: [], isKept })

  it('shows at once, is there for the next page, and leaves what else stands there', () => {
    stored.set('postern:settings', '{"density":"compact","ofANewerVersion":3}')
    const settings = new Settings(store)
    const seen: string[] = []
    const stop = $effect.root(() => {
      $effect(() => void seen.push(settings.get('theme')))
    })
    flushSync()
    choose(settings)
    flushSync()
    stop()
    expect(seen).toEqual(['system', 'dark'])
    expect(JSON.parse(stored.get('postern:settings') ?? '')).toEqual({
      density: 'compact',
      ofANewerVersion: 3,
      theme: 'dark',
    })
    expect(new Settings(store).get('theme')).toBe('dark')
  })

  it('takes over what another tab chose', () => {
    const settings = new Settings(store)
    choose(new Settings(store))
    settings.didChange()
    expect(settings.get('theme')).toBe('dark')
  })

  it('stores nothing where nothing may be kept, and holds for the page', () => {
    const settings = new Settings(store)
    choose(settings, false)
    expect(settings.get('theme')).toBe('dark')
    expect(stored.size).toBe(0)
    // kept from now on: the next choice is written with those before it
    saveSetting(settings, { name: 'density', value: 'compact', owner: [], isKept: true })
    expect(new Settings(store).get('theme')).toBe('dark')
  })

  it('holds for the page where the storage is full', () => {
    const settings = new Settings({
      ...store,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    choose(settings)
    expect(settings.get('theme')).toBe('dark')
  })

  it('writes an account setting under its account', () => {
    saveSetting(new Settings(store), { name: 'readDelay', value: 10, owner: ['k.a'], isKept: true })
    expect([...stored.keys()]).toEqual(['postern:settings/k.a'])
  })

  it('names every setting of the table', () => {
    const names: readonly SettingName[] = [
      'theme',
      'density',
      'readingPane',
      'letterKeys',
      'conversations',
      'readDelay',
      'keepMail',
      'keepFiles',
      'hideDeleted',
      'cutTracking',
    ]
    expect(Object.keys(settingsTable)).toEqual(names)
  })
})
