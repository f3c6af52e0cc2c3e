import { beforeEach, expect, it, vi } from 'vitest'
import { MenuKeys } from './menu-keys.ts'

const close = vi.fn()
let menu: HTMLElement

beforeEach(() => {
  close.mockReset()
  menu = document.createElement('div')
  for (const name of ['View source', 'Save as .eml', 'Print', 'Save all']) {
    const item = document.createElement('button')
    item.setAttribute('role', 'menuitem')
    item.textContent = name
    menu.append(item)
  }
  document.body.replaceChildren(menu)
  const keys = new MenuKeys({ close })
  menu.addEventListener('keydown', (event) => keys.press(event as KeyboardEvent & { currentTarget: HTMLElement }))
  menu.querySelector('button')?.focus()
})

const focused = (): string | null | undefined => document.activeElement?.textContent
function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  document.activeElement?.dispatchEvent(event)
  return event
}

it('goes round with the arrows, and to the ends', () => {
  press('ArrowUp')
  expect(focused()).toBe('Save all')
  press('ArrowDown')
  expect(focused()).toBe('View source')
  press('End')
  expect(focused()).toBe('Save all')
  press('Home')
  expect(focused()).toBe('View source')
})

it('finds the next name by its first letter, and nothing by a letter that none has', () => {
  press('s')
  expect(focused()).toBe('Save as .eml')
  press('S')
  expect(focused()).toBe('Save all')
  press('s')
  expect(focused()).toBe('Save as .eml')
  press('x')
  expect(focused()).toBe('Save as .eml')
})

it('closes on Esc and Tab, which goes on; keys with Ctrl are not its own', () => {
  expect(press('Escape').defaultPrevented).toBe(true)
  expect(press('Tab').defaultPrevented).toBe(false)
  expect(close).toHaveBeenCalledTimes(2)
  expect(press('p', { ctrlKey: true }).defaultPrevented).toBe(false)
  expect(focused()).toBe('View source')
})
