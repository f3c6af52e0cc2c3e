import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import { RecentSearches } from './recent-searches.svelte.ts'

describe('recent searches', () => {
  it('are kept newest first, each once, the last eight, one account apart from the other', () => {
    const recent = new RecentSearches()
    const [mine, theirs] = [{}, {}]
    for (let n = 1; n <= 9; n += 1) recent.add(mine, `Word ${String(n)}`)
    recent.add(mine, 'word 5')
    recent.add(mine, '')
    expect(recent.of(mine)).toEqual(['word 5', 'Word 9', 'Word 8', 'Word 7', 'Word 6', 'Word 4', 'Word 3', 'Word 2'])
    expect(recent.of(theirs)).toEqual([])
    recent.forget(mine)
    expect(recent.of(mine)).toEqual([])
  })

  it('tell who shows them', () => {
    const recent = new RecentSearches()
    const account = {}
    const seen: (readonly string[])[] = []
    const stop = $effect.root(() => {
      $effect(() => void seen.push(recent.of(account)))
    })
    flushSync()
    recent.add(account, 'rail')
    flushSync()
    expect(seen).toEqual([[], ['rail']])
    stop()
  })

  it('leave nothing on the device', () => {
    const recent = new RecentSearches()
    recent.add({}, 'rail')
    expect(localStorage).toHaveLength(0)
    expect(sessionStorage).toHaveLength(0)
  })
})
