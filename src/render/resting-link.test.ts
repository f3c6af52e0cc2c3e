import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addressOf, lendAddresses, restingHref } from './resting-link.ts'

const address = 'https://host.example/a?b#c'
const hrefs = (): (string | null)[] => [...document.links].map((link) => link.getAttribute('href'))

function add(text: string, href = restingHref(address)): HTMLAnchorElement {
  const link = document.createElement('a')
  link.setAttribute('href', href)
  link.textContent = text
  document.body.append(link)
  return link
}

beforeEach(() => {
  vi.useFakeTimers()
  for (const type of ['contextmenu', 'copy']) document.addEventListener(type, lendAddresses)
})

afterEach(() => {
  for (const type of ['contextmenu', 'copy']) document.removeEventListener(type, lendAddresses)
  document.body.replaceChildren()
  vi.useRealTimers()
})

test('a link at rest knows its address and names no host', () => {
  const link = add('one')
  expect(addressOf(link)).toBe(address)
  expect([link.protocol, link.host]).toEqual(['about:', ''])
})

test('the menu of a link finds its address, and only for so long', () => {
  const link = add('one')
  add('two')
  const inner = link.appendChild(document.createElement('b'))
  inner.dispatchEvent(new Event('contextmenu', { bubbles: true }))
  expect(hrefs()).toEqual([address, restingHref(address)])
  expect(addressOf(link)).toBe(address)
  vi.runAllTimers()
  expect(hrefs()).toEqual([restingHref(address), restingHref(address)])
})

test('what is copied has the addresses of its links', () => {
  const [link, own] = [add('one'), add('own', '/settings')]
  document.getSelection()?.setBaseAndExtent(link, 0, own, 1)
  document.dispatchEvent(new Event('copy', { bubbles: true }))
  expect(hrefs()).toEqual([address, '/settings'])
  vi.runAllTimers()
  expect(hrefs()).toEqual([restingHref(address), '/settings'])
})
