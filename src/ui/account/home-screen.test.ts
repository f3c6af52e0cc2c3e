import { expect, it } from 'vitest'
import { didSeeHint, isBehindMore, isHintDue, isInstalled } from './home-screen.ts'

const safari = { standalone: false } as unknown as Navigator
const installed = { standalone: true } as unknown as Navigator
const chromium = {} as Navigator

function storageWith(entries: Record<string, string>): Storage {
  const map = new Map(Object.entries(entries))
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  } as Storage
}

it('knows Safari on iOS, the app on its home screen, and everything else', () => {
  expect([safari, installed, chromium].map(isInstalled)).toEqual([false, true, undefined])
})

it('is due once, in Safari only, and only where mail is kept', () => {
  const storage = storageWith({ 'postern:accounts': '[{"key":"a"}]' })
  expect(isHintDue(installed, storage)).toBe(false)
  expect(isHintDue(chromium, storage)).toBe(false)
  expect(isHintDue(safari, storageWith({}))).toBe(false)
  expect(isHintDue(safari, storage)).toBe(true)
  didSeeHint(storage)
  expect(isHintDue(safari, storage)).toBe(false)
})

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1',
    false,
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1',
    true,
  ],
  ['no Safari', false],
])('names the buttons of the running system: %s', (userAgent, isBehind) => {
  expect(isBehindMore(userAgent)).toBe(isBehind)
})
