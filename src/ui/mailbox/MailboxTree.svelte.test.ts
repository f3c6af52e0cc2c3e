import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import ServicesHost from '../../../tests/support/ServicesHost.svelte'
import { mailboxTree } from '../../mail/mailboxes.ts'
import { aMailbox } from '../../replica/testing/rows.ts'
import MailboxTree from './MailboxTree.svelte'
import { treeItems, type TreeItem } from './tree-items.ts'
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import type { Services } from '../../state/contexts.ts'

const id = (name: string): MailboxId => name as MailboxId
const mailboxes: readonly Mailbox[] = [
  aMailbox(id('in'), { name: 'INBOX', role: 'inbox', unreadThreads: 9 }),
  aMailbox(id('dr'), { name: 'Entwürfe', role: 'drafts', totalThreads: 2 }),
  aMailbox(id('ju'), { name: 'Spam', role: 'junk', unreadThreads: 6 }),
  aMailbox(id('tr'), { name: 'Bin', role: 'trash', unreadThreads: 3 }),
]
const folders: readonly Mailbox[] = [
  aMailbox(id('ho'), { name: 'House' }),
  aMailbox(id('re'), { name: 'Renovation', parentId: id('ho'), unreadThreads: 2 }),
  aMailbox(id('li'), { name: 'Lists' }),
]
let clock = new ManualClock()
const onOpen = vi.fn()
const onToggle = vi.fn()

const itemsOf = (all: readonly Mailbox[], folded: readonly string[] = []): readonly TreeItem[] => {
  const { roles, own } = mailboxTree(all)
  return treeItems([...roles, ...own], (mailboxId) => folded.includes(mailboxId))
}

/** Resolves when the same tree shows others. */
type Show = (all: readonly Mailbox[]) => Promise<void>

function opened(all: readonly Mailbox[], folded: readonly string[] = [], currentId = id('in')): Show {
  const given = {
    label: 'Mailboxes',
    items: itemsOf(all, folded),
    currentId,
    hrefOf: (mailbox: Mailbox) => `/in/k/${mailbox.id}`,
    onOpen,
    onToggle,
  }
  const services = { clock } as unknown as Services
  const { rerender } = render(ServicesHost<typeof given>, { props: { services, of: MailboxTree, given } })
  return (others) => rerender({ given: { ...given, items: itemsOf(others) } })
}

beforeEach(() => {
  clock = new ManualClock()
  onOpen.mockReset()
  onToggle.mockReset()
})

describe('the tree of mailboxes', () => {
  it('names roles in the reader’s words, with the count that each of them is about', () => {
    opened(mailboxes)
    expect(screen.getByRole('tree', { name: 'Mailboxes' })).toBeVisible()
    const inbox = screen.getByRole('treeitem', { name: 'Inbox, 9 unread' })
    expect(inbox).toHaveAttribute('data-role', 'inbox')
    expect(inbox).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('treeitem', { name: 'Drafts, 2' })).not.toHaveAttribute('aria-current')
    expect(screen.getByRole('treeitem', { name: 'Junk, 6 unread' })).toBeVisible()
    expect(screen.getByRole('treeitem', { name: 'Trash' })).toBeVisible()
  })

  it('tells level and place, and leaves out what is folded', () => {
    opened(folders)
    const inside = screen.getByRole('treeitem', { name: 'Renovation, 2 unread' })
    expect(inside).toHaveAttribute('aria-level', '2')
    expect(inside).toHaveAttribute('aria-setsize', '1')
    expect(screen.getByRole('treeitem', { name: 'House' })).toHaveAttribute('aria-expanded', 'true')
    document.body.replaceChildren()
    opened(folders, ['ho'])
    expect(screen.queryByRole('treeitem', { name: /Renovation/ })).toBeNull()
    expect(screen.getByRole('treeitem', { name: 'House' })).toHaveAttribute('aria-expanded', 'false')
  })

  it('has one Tab stop, the open mailbox, and moves by arrows, ends and typed letters', async () => {
    const user = userEvent.setup()
    opened([...mailboxes, ...folders])
    await user.tab()
    expect(screen.getByRole('treeitem', { name: /^Inbox/ })).toHaveFocus()
    for (const [keys, name] of [
      ['{ArrowDown}', /^Drafts/],
      ['{End}', 'Lists'],
      ['re', /^Renovation/],
      ['{ArrowLeft}', 'House'],
    ] as const) {
      await user.keyboard(keys)
      await vi.waitFor(() => expect(screen.getByRole('treeitem', { name })).toHaveFocus())
    }
    await user.keyboard('{ArrowLeft}')
    await vi.waitFor(() => expect(onToggle).toHaveBeenCalledWith(expect.objectContaining({ id: 'ho' })))
    await user.tab()
    expect(document.body).toHaveFocus()
  })

  it('keeps the item of a role, and its focus, when the server gives it an id; of two of one role each has its own', async () => {
    const role = 'snoozed'
    const show = opened([...mailboxes, aMailbox(id('~snoozed'), { name: 'Snoozed', role })])
    const item = screen.getByRole('treeitem', { name: /^Snoozed/ })
    item.focus()
    await show([...mailboxes, aMailbox(id('sn'), { name: 'Snoozed', role }), aMailbox(id('s2'), { name: 'Two', role })])
    expect(item).toHaveFocus()
    expect(item).toHaveAttribute('data-mailbox-id', 'sn')
    expect(item).toHaveAttribute('tabindex', '0')
    expect(document.querySelectorAll('[role=treeitem]')).toHaveLength(6)
  })

  it('opens by Enter and click, and leaves a new tab to the browser', async () => {
    const user = userEvent.setup()
    opened(mailboxes)
    await user.click(screen.getByRole('treeitem', { name: /^Drafts/ }))
    await user.keyboard('{Enter}')
    expect(onOpen).toHaveBeenCalledTimes(2)
    expect(screen.getByRole('treeitem', { name: /^Drafts/ })).toHaveAttribute('href', '/in/k/dr')
  })

  describe('of a thousand mailboxes', () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      aMailbox(id(`m${String(index)}`), { name: `Folder ${String(index)}` }),
    )
    const items = (): HTMLElement[] => screen.queryAllByRole('treeitem', { hidden: true })

    it('has a few hundred in the page, each knowing how many they are', async () => {
      opened(many)
      expect(items()).toHaveLength(200)
      expect(items()[0]).toHaveAttribute('aria-setsize', '1000')
      await vi.waitFor(() => expect(items()).toHaveLength(100))
    })

    it('keeps a way in by Tab, and goes to the last one and back at once', async () => {
      opened(many, [], id('m999'))
      const entries = (): HTMLElement[] => items().filter((item) => item.tabIndex === 0)
      expect(entries()).toHaveLength(1)
      await vi.waitFor(() => expect(items()).toHaveLength(101))
      expect(entries()[0]).toHaveAttribute('data-mailbox-id', 'm999')
      entries()[0]?.focus()
      for (const [key, name] of [
        ['{Home}', 'm0'],
        ['{End}', 'm999'],
        ['{ArrowUp}', 'm998'],
      ] as const) {
        await userEvent.keyboard(key)
        await vi.waitFor(() => expect(document.activeElement).toHaveAttribute('data-mailbox-id', name))
        expect(items().length).toBeLessThanOrEqual(201)
      }
    })
  })
})
