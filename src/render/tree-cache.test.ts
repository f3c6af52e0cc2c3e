import { expect, it } from 'vitest'
import type { LetterTree } from './letter.ts'
import { TreeCache } from './tree-cache.ts'

it('forgets the tree that was used least recently', () => {
  const cache = new TreeCache(2)
  const tree = (): LetterTree => ({ ops: [] }) as unknown as LetterTree
  const [a, b, c] = [tree(), tree(), tree()]
  cache.set('a', a)
  cache.set('b', b)
  cache.get('a')
  cache.set('c', c)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c])
  cache.clear()
  expect(cache.get('a')).toBeUndefined()
})
