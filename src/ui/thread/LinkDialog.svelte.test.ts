import { mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseShownLink } from '../../render/links.ts'
import type { LinkGate } from './link-gate.svelte.ts'
import LinkDialog from './LinkDialog.svelte'

const address = 'https://host.example/a'
const dismiss = vi.fn()
let dialog: Record<string, unknown>

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
  const target = parseShownLink(address, 'words')
  if (!target) throw new Error('no link')
  const props = {
    links: { dismiss } as unknown as LinkGate,
    question: { target, text: 'words', reason: 'blocked' as const },
  }
  dialog = mount(LinkDialog, { target: document.body, props })
})

afterEach(() => unmount(dialog))

/** What the browser would go to when the event is over. */
function hrefAfter(type: string, button: number): string | null {
  const link = document.querySelector<HTMLAnchorElement>('a')!
  link.dispatchEvent(new MouseEvent(type, { button, bubbles: true, cancelable: true }))
  return link.getAttribute('href')
}

test('the link of a question names its address with the click that confirms it, not before', () => {
  expect(document.querySelector('a')?.getAttribute('href')).toBe(`about:blank#${address}`)
  expect(hrefAfter('mousedown', 0)).toBe(`about:blank#${address}`)
  expect(hrefAfter('auxclick', 2)).toBe(`about:blank#${address}`)
  expect(dismiss).not.toHaveBeenCalled()
  expect(hrefAfter('click', 0)).toBe(address)
  expect(dismiss).toHaveBeenCalledOnce()
})

test('a middle click opens it, too', () => {
  expect(hrefAfter('auxclick', 1)).toBe(address)
})
