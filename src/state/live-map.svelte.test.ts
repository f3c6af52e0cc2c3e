import { flushSync } from 'svelte'
import { expect, it } from 'vitest'
import { LiveMap, LiveSet } from './live-map.svelte.ts'

/** What an effect saw at each of its runs. */
function followed<T>(read: () => T): { readonly seen: T[]; readonly stop: () => void } {
  const seen: T[] = []
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(read())
    })
  })
  flushSync()
  return { seen, stop }
}

it('tells who read a map of what changes, and of nothing else', () => {
  const map = new LiveMap<string, number>()
  const { seen, stop } = followed(() => map.get('a'))
  map.set('a', 1)
  flushSync()
  map.set('a', 1)
  flushSync()
  expect(seen).toEqual([undefined, 1])
  expect(map.has('b')).toBe(false)
  expect(map.entries()).toEqual([['a', 1]])
  stop()
})

it('tells who read a set, and says whether a value was there', () => {
  const set = new LiveSet<string>()
  const { seen, stop } = followed(() => set.has('a'))
  set.add('a')
  flushSync()
  set.add('a')
  flushSync()
  expect(set.values()).toEqual(['a'])
  expect(set.delete('a')).toBe(true)
  expect(set.delete('a')).toBe(false)
  flushSync()
  set.add('b')
  set.clear()
  flushSync()
  expect(set.values()).toEqual([])
  expect(seen).toEqual([false, true, false, false])
  stop()
})

it('does not run an effect again for what it wrote itself', () => {
  const map = new LiveMap<string, number>()
  let runs = 0
  const stop = $effect.root(() => {
    $effect(() => {
      runs += 1
      map.set('a', runs)
    })
  })
  flushSync()
  expect(runs).toBe(1)
  stop()
})
