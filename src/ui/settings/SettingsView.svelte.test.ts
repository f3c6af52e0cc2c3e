import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import ServicesHost from '../../../tests/support/ServicesHost.svelte'
import { systemClock } from '../../platform/clock.ts'
import { MemoryReplica } from '../../replica/memory/memory-replica.ts'
import { countingRandom } from '../../replica/testing/counting-random.ts'
import { Settings } from '../../state/settings.svelte.ts'
import { PictureSenders } from '../../state/picture-senders.svelte.ts'
import SettingsView from './SettingsView.svelte'
import type { AccountState } from '../../state/accounts.svelte.ts'
import type { Bindings, Services } from '../../state/contexts.ts'
import type { AccountInfo } from '../../sync/engine-port.ts'

const info = { key: 'k.a', login: 'k', username: 'mara@lindqvist.example', isKept: true } as AccountInfo
const accountOf = (of: AccountInfo): AccountState =>
  ({
    info: of,
    replica,
    port: { pokeOutbox, refresh: () => undefined, onStatus: () => () => undefined },
  }) as unknown as AccountState

let settings: Settings
let replica: MemoryReplica
const announce = vi.fn()
const pokeOutbox = vi.fn()
let bindings: Bindings
let stored: Map<string, string>
const open = vi.fn()
const replace = vi.fn()
const up = vi.fn()

function shown(path: string, { layout = 'three', isKept = true } = {}): { unmount: () => void } {
  const services = {
    settings,
    announce,
    clock: systemClock,
    navigator: { open, replace, up },
    shortcuts: { add: (added: Bindings) => ((bindings = added), () => undefined) },
  } as unknown as Services
  const given = { path, accounts: [accountOf({ ...info, isKept })], layout }
  return render(ServicesHost, { services, of: SettingsView as never, given } as never)
}

let hasTouch = false

beforeEach(() => {
  vi.clearAllMocks()
  hasTouch = false
  // jsdom has none.
  vi.stubGlobal('matchMedia', () => ({ matches: hasTouch }))
  stored = new Map()
  replica = new MemoryReplica({ clock: systemClock, random: countingRandom() })
  settings = new Settings({ getItem: (key) => stored.get(key) ?? null, setItem: (key, text) => stored.set(key, text) })
})

describe('a page of settings', () => {
  it('has one main with one heading, which takes the focus, and says where it is', () => {
    shown('appearance')
    const heading = within(screen.getByRole('main')).getByRole('heading', { level: 1, name: 'Appearance' })
    expect(heading).toHaveFocus()
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
    const nav = screen.getByRole('navigation', { name: 'Settings' })
    expect(within(nav).getByRole('link', { current: 'page' })).toHaveTextContent('Appearance')
    expect(document.title).toBe('Appearance - Settings - lindqvist.example')
  })

  it('saves a choice as it is made, and shows what another tab chose', async () => {
    shown('appearance')
    const theme = within(screen.getByRole('radiogroup', { name: 'Theme' }))
    expect(theme.getByRole('radio', { name: 'System' })).toBeChecked()
    await userEvent.click(theme.getByRole('radio', { name: 'Dark' }))
    expect(settings.get('theme')).toBe('dark')
    expect(stored.get('postern:settings')).toBe('{"theme":"dark"}')
    stored.set('postern:settings', '{"theme":"light"}')
    settings.didChange()
    await vi.waitFor(() => expect(theme.getByRole('radio', { name: 'Light' })).toBeChecked())
  })

  it('walks a choice by the arrow keys', async () => {
    shown('k.a/reading')
    const group = within(screen.getByRole('radiogroup', { name: 'Mark as read' }))
    expect(group.getAllByRole('radio').map((radio) => radio.parentElement?.textContent.trim())).toEqual([
      'At once',
      'After 1 s',
      'After 3 s',
      'After 10 s',
      'Never',
    ])
    group.getByRole('radio', { name: 'After 1 s' }).focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(settings.get('readDelay', 'k.a')).toBe(3)
  })

  it('lists whose pictures are always shown, and takes each back', async () => {
    const senders = new PictureSenders(accountOf(info), () => 1)
    await senders.set('news@shop.example', true)
    await senders.set('anna@bank.example', true)
    shown('k.a/reading')
    const heading = screen.getByRole('heading', { name: 'Pictures from the internet are always shown from' })
    const list = await screen.findByRole('list', { name: heading.textContent })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.firstChild?.textContent),
    ).toEqual(['anna@bank.example', 'news@shop.example'])
    expect(screen.getByText(/Trackers stay blocked/)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Remove anna@bank.example' }))
    await vi.waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(1))
    expect(heading).toHaveFocus()
    expect(announce).toHaveBeenCalledWith('Pictures from anna@bank.example are held back again')
    await userEvent.click(screen.getByRole('button', { name: 'Remove news@shop.example' }))
    expect(await screen.findByText(/^Nobody yet/)).toBeVisible()
  })

  it('turns letters as keys off and on by a switch', async () => {
    shown('keys')
    const button = screen.getByRole('switch', { name: 'Letters as keys' })
    expect(button).toBeChecked()
    expect(button).toHaveAccessibleDescription(/Single letters/)
    await userEvent.click(button)
    expect(button).not.toBeChecked()
    expect(settings.get('letterKeys')).toBe(false)
  })

  it('asks what a swipe does where there is a touch screen, and nowhere else', async () => {
    const swipes = (): HTMLElement[] => screen.queryAllByRole('radiogroup', { name: /^Swipe/ })
    const { unmount } = shown('k.a/reading')
    expect(swipes()).toEqual([])
    unmount()
    hasTouch = true
    shown('k.a/reading')
    expect(swipes()).toHaveLength(2)
    const [first] = swipes()
    if (first) await userEvent.click(within(first).getByRole('radio', { name: 'Flag' }))
    expect(stored.get('postern:settings/k.a')).toContain('flag')
    const [row] = await replica.outbox()
    expect(row?.mutation).toMatchObject({ type: 'setSettings', entries: { swipeStart: { value: 'flag' } } })
  })

  it('says that nothing is kept, and keeps nothing, for an account that is not kept', async () => {
    shown('appearance', { isKept: false })
    expect(screen.getByText('Forgotten when this page closes')).toBeVisible()
    await userEvent.click(screen.getByRole('radio', { name: 'Compact' }))
    expect(settings.get('density')).toBe('compact')
    expect(stored.size).toBe(0)
  })

  it('has one history entry beside its list, and is left by Esc', async () => {
    shown('')
    await userEvent.click(screen.getByRole('link', { name: 'About and licences' }))
    expect(replace).toHaveBeenLastCalledWith({ view: 'settings', page: 'about' })
    expect(open).not.toHaveBeenCalled()
    bindings['Escape']?.({} as never)
    expect(up).toHaveBeenCalledOnce()
  })
})

describe('where the settings of an account are kept', () => {
  it.each([
    ['it is not known yet', undefined, 'Your server has not been asked yet'],
    ['the server has no file store', { place: 'device', why: 'none' }, 'your server has no file store'],
    ['the server keeps them', { place: 'server' }, 'Kept on your server, on every device.'],
    ['a file was set aside', { place: 'server', setAside: 'old.json' }, 'as Postern/old.json'],
    ['the file is of a newer version', { place: 'device', why: 'newer' }, 'of a newer Postern'],
  ] as const)('is said: %s', async (_what, kept, words) => {
    const epoch = await replica.claimEpoch()
    if (kept)
      await replica.write({ epoch }, (tx) => {
        tx.putSettings({ server: {}, here: {}, ...kept })
        return Promise.resolve()
      })
    shown('k.a/labels')
    expect(await screen.findByText(new RegExp(words))).toBeVisible()
  })

  it('a choice holds at once and waits for the server, but what is kept of the mail is no choice of the account', async () => {
    shown('k.a/reading')
    await userEvent.click(screen.getByRole('switch', { name: 'Cut tracking from links' }))
    expect(settings.get('cutTracking', 'k.a')).toBe(true)
    await vi.waitFor(() => expect(pokeOutbox).toHaveBeenCalledOnce())
    const [row] = await replica.outbox()
    expect(row?.mutation).toMatchObject({ type: 'setSettings', entries: { cutTracking: { value: true } } })
  })
})

describe('on a phone', () => {
  it('is a list of pages first, each a level of its own', async () => {
    shown('', { layout: 'stack' })
    expect(screen.getByRole('heading', { level: 1, name: 'Settings' })).toHaveFocus()
    await userEvent.click(screen.getByRole('link', { name: 'Reading' }))
    expect(open).toHaveBeenLastCalledWith({ view: 'settings', page: 'k.a/reading' })
  })

  it('offers no reading pane, since there is one pane', () => {
    shown('appearance', { layout: 'stack' })
    expect(screen.getByRole('radiogroup', { name: 'Density' })).toBeVisible()
    expect(screen.queryByRole('radiogroup', { name: 'Reading pane' })).toBeNull()
  })
})

describe('about', () => {
  it('names the version and every licence with its text', async () => {
    const meta = document.createElement('meta')
    meta.name = 'postern'
    meta.content = '0.1.0 abc123'
    document.head.append(meta)
    shown('about')
    expect(screen.getByText('0.1.0')).toBeVisible()
    const svelte = (await screen.findByText(/^svelte/)).closest('details')
    expect(svelte?.querySelector('pre')).toHaveTextContent('Permission is hereby granted')
    meta.remove()
  })
})
