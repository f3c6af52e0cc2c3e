import { expect, test } from 'vitest'
import { placing } from './place-items.ts'

const layout = { length: 3, pitch: 60, headHeight: 40, heads: [1] }
const viewport = { y: (position: number): number => position * 60 }

test('each node is told where it stands, and is written again only when that is elsewhere', async () => {
  document.body.append(document.createElement('div'), document.createElement('div'))
  const { children } = document.body
  const place = placing()
  place(children, { positions: [0, 1], layout, viewport, setSize: 3 })
  const [first, second] = [...children] as HTMLElement[]
  expect(first?.style.transform).toBe('translateY(0px)')
  expect(second?.style.transform).toBe('translateY(60px)')
  expect(second?.style.blockSize).toBe('100px')
  expect(second?.getAttribute('aria-posinset')).toBe('2')
  expect(second?.getAttribute('aria-setsize')).toBe('3')
  const written: MutationRecord[] = []
  const watch = new MutationObserver((records) => written.push(...records))
  watch.observe(document.body, { subtree: true, attributes: true })
  place(children, { positions: [0, 1], layout, viewport, setSize: 3 })
  await Promise.resolve()
  expect(written).toEqual([])
  first?.remove()
  place(children, { positions: [0], layout, viewport, setSize: 2 })
  await Promise.resolve()
  expect(second?.style.transform).toBe('translateY(0px)')
  expect(second?.getAttribute('aria-setsize')).toBe('2')
  expect(new Set(written.map(({ target }) => target))).toEqual(new Set([second]))
})
