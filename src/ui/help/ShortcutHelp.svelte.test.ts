import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import ServicesHost from '../../../tests/support/ServicesHost.svelte'
import { keyPath, isApple } from '../../i18n/key-caps.ts'
import ShortcutHelp from './ShortcutHelp.svelte'

const onClose = vi.fn()
let chosen: unknown

function shown(): void {
  const settings = { chosen: () => ({ keys: chosen }) }
  render(ServicesHost, { services: { settings }, of: ShortcutHelp, given: { onClose } } as never)
}

// jsdom has the element, not its methods.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false
  }
})

beforeEach(() => {
  chosen = undefined
})

describe('the table of keys', () => {
  it('shows groups of commands with their keys', () => {
    shown()
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(within(dialog).getByRole('heading', { level: 3, name: 'Move around' })).toBeVisible()
    const row = screen.getByText('Next conversation').closest('li')
    expect([...(row?.querySelectorAll('kbd') ?? [])].map((kbd) => kbd.textContent)).toEqual(['J', 'Down'])
    const account = screen.getByText('Account 1 to 9').closest('li')
    expect(account).toHaveTextContent(/G\s*then\s*1\s*to\s*9$/)
  })

  it('shows the keys that the reader chose, and no command without any', () => {
    chosen = { y: 'j', j: '', 'g x': 'l', l: '', '#': '' }
    shown()
    const capsOf = (name: string): (string | null)[] | undefined => {
      const row = screen.queryByText(name)?.closest('li')
      return row ? [...row.querySelectorAll('kbd')].map((kbd) => kbd.textContent) : undefined
    }
    expect(capsOf('Next conversation')).toEqual(['Y', 'Down'])
    expect(capsOf('Labels')).toEqual(['G', 'X'])
    expect(capsOf('Delete')).toBeUndefined()
    expect(capsOf('Previous conversation')).toEqual(['K', 'Up'])
  })

  it('finds by words, by group and by key, says how many, and says when there is none', async () => {
    const user = userEvent.setup()
    shown()
    const find = screen.getByRole('searchbox', { name: 'Find a shortcut' })
    expect(screen.getByRole('status').textContent).toBe('')
    await user.type(find, 'letter next')
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
    expect(screen.getByRole('listitem')).toHaveTextContent(/^Next letter N$/)
    expect(screen.getByRole('status')).toHaveTextContent('1 shortcut')
    await user.clear(find)
    await user.type(find, 'f6')
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
    await user.clear(find)
    await user.type(find, 'teleport')
    expect(screen.queryByRole('listitem')).toBeNull()
    expect(screen.getByRole('status')).toHaveTextContent('No shortcut of that name.')
  })
})

describe('how a key is written', () => {
  it('is a symbol on Apple’s keyboards and a word elsewhere, read aloud as the word', () => {
    expect(keyPath('I', true)).toEqual([
      [
        { text: '⇧', spoken: 'Shift' },
        { text: 'I', spoken: 'I' },
      ],
    ])
    expect(keyPath('Shift+F6', false)).toEqual([
      [
        { text: 'Shift', spoken: 'Shift' },
        { text: 'F6', spoken: 'F6' },
      ],
    ])
    const texts = (apple: boolean): string[][] =>
      keyPath('Mod+Shift+z', apple).map((caps) => caps.map(({ text }) => text))
    expect([texts(true), texts(false)]).toEqual([[['⌘', '⇧', 'Z']], [['Ctrl', 'Shift', 'Z']]])
    expect(keyPath('g i', false).map((caps) => caps.map(({ text }) => text))).toEqual([['G'], ['I']])
    expect([isApple('MacIntel'), isApple('iPhone'), isApple('Linux x86_64'), isApple('Win32')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
