import { cleanup, render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import Toast from './Toast.svelte'

let clock: ManualClock
const onAction = vi.fn()
const onEnd = vi.fn()
const onFocusLost = vi.fn()

beforeEach(() => {
  clock = new ManualClock()
  vi.clearAllMocks()
})
afterEach(cleanup)

interface Shown {
  readonly show: (label: string | undefined) => Promise<void>
}

function shown(label?: string): Shown {
  const given = (words: string | undefined): { toast: { label: string } | undefined } => ({
    toast: words === undefined ? undefined : { label: words },
  })
  const { rerender } = render(Toast, { ...given(label), action: 'Undo', clock, onAction, onEnd, onFocusLost })
  return { show: (words) => rerender(given(words)) }
}

const button = (): HTMLElement => screen.getByRole('button', { name: 'Undo' })

it('has its place before there is anything to say, and takes no focus when there is', async () => {
  const { show } = shown()
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
  await show('1 conversation flagged')
  expect(screen.getByRole('status')).toHaveTextContent('1 conversation flagged')
  expect(document.body).toHaveFocus()
  await userEvent.click(button())
  expect(onAction).toHaveBeenCalledOnce()
})

it('ends after ten seconds', async () => {
  shown('Done')
  await clock.advance(9_999)
  expect(onEnd).not.toHaveBeenCalled()
  await clock.advance(1)
  expect(onEnd).toHaveBeenCalledOnce()
})

it('waits under the pointer, and goes on where it was', async () => {
  shown('Done')
  await clock.advance(6_000)
  await userEvent.hover(button())
  await clock.advance(60_000)
  expect(onEnd).not.toHaveBeenCalled()
  await userEvent.unhover(button())
  await clock.advance(3_999)
  expect(onEnd).not.toHaveBeenCalled()
  await clock.advance(1)
  expect(onEnd).toHaveBeenCalledOnce()
})

it('waits while it has the focus, which a key reaches', async () => {
  shown('Done')
  await userEvent.tab()
  expect(button()).toHaveFocus()
  await clock.advance(60_000)
  expect(onEnd).not.toHaveBeenCalled()
  await userEvent.tab()
  await clock.advance(10_000)
  expect(onEnd).toHaveBeenCalledOnce()
})

it('gives each toast its own ten seconds', async () => {
  const { show } = shown('First')
  await clock.advance(9_000)
  await show('Second')
  await clock.advance(9_000)
  expect(onEnd).not.toHaveBeenCalled()
  expect(screen.getByRole('status')).toHaveTextContent('Second')
  await clock.advance(1_000)
  expect(onEnd).toHaveBeenCalledOnce()
})

it('is sent away by Esc, and gives the focus back to where it came from', async () => {
  const before = document.body.appendChild(document.createElement('button'))
  const { show } = shown('Done')
  before.focus()
  button().focus()
  await userEvent.keyboard('{Escape}')
  expect(onEnd).toHaveBeenCalledOnce()
  await show(undefined)
  await vi.waitFor(() => expect(before).toHaveFocus())
  expect(onFocusLost).not.toHaveBeenCalled()
  before.remove()
})

it('says so where that is gone', async () => {
  const before = document.body.appendChild(document.createElement('button'))
  const { show } = shown('Done')
  before.focus()
  button().focus()
  before.remove()
  await show(undefined)
  await vi.waitFor(() => expect(onFocusLost).toHaveBeenCalledOnce())
})
