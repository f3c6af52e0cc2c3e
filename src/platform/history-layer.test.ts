// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest'
import { openHistoryLayer } from './history-layer.ts'

const back = async (): Promise<void> => {
  const gone = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }))
  window.history.back()
  await gone
}

beforeEach(() => window.history.replaceState({ from: null }, '', '/in/a/b/c'))

it('back closes the topmost layer only, and the place stays', async () => {
  const [first, second] = [vi.fn(), vi.fn()]
  openHistoryLayer(window, first)
  openHistoryLayer(window, second)
  await back()
  expect(second).toHaveBeenCalledOnce()
  expect(first).not.toHaveBeenCalled()
  await back()
  expect(first).toHaveBeenCalledOnce()
  expect(second).toHaveBeenCalledOnce()
  expect(window.location.pathname).toBe('/in/a/b/c')
  expect(window.history.state).toEqual({ from: null })
})

it('closing takes the entry away, and is no going back', async () => {
  const onBack = vi.fn()
  const close = openHistoryLayer(window, onBack)
  const gone = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }))
  close()
  await gone
  expect(onBack).not.toHaveBeenCalled()
  expect(window.history.state).toEqual({ from: null })
})
