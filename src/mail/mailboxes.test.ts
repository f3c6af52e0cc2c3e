import { describe, expect, it } from 'vitest'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { mailboxTree, type MailboxNode } from './mailboxes.ts'

const RIGHTS = {
  mayReadItems: true,
  mayAddItems: true,
  mayRemoveItems: true,
  maySetSeen: true,
  maySetKeywords: true,
  mayCreateChild: true,
  mayRename: true,
  mayDelete: true,
  maySubmit: true,
}

function aMailbox(id: string, changes: Partial<Omit<Mailbox, 'parentId'>> & { parentId?: string } = {}): Mailbox {
  return {
    name: id,
    role: null,
    sortOrder: 0,
    totalEmails: 0,
    unreadEmails: 0,
    totalThreads: 0,
    unreadThreads: 0,
    myRights: RIGHTS,
    isSubscribed: true,
    ...changes,
    id: id as MailboxId,
    parentId: (changes.parentId ?? null) as MailboxId | null,
  }
}

function shape(nodes: readonly MailboxNode[]): string {
  return nodes.map(({ mailbox, children }) => mailbox.id + (children.length ? `(${shape(children)})` : '')).join(' ')
}

const tree = (...mailboxes: Mailbox[]): string => {
  const { roles, own } = mailboxTree(mailboxes, { locale: 'en' })
  return `${shape(roles)} | ${shape(own)}`
}

describe('mailboxTree', () => {
  it('puts roles in our order, whatever the server sorts by', () => {
    const roles = ['trash', 'junk', 'archive', 'sent', 'drafts', 'inbox']
    expect(tree(...roles.map((role, sortOrder) => aMailbox(role, { role, sortOrder })))).toBe(
      'inbox drafts sent archive junk trash | ',
    )
  })

  it('sorts own ones by sortOrder, then by name as people do', () => {
    const names = ['Zoo', 'Item 10', 'Item 2', 'ähnlich', 'Ablage']
    expect(tree(...names.map((name) => aMailbox(name)), aMailbox('Last', { sortOrder: 1 }))).toBe(
      ' | Ablage ähnlich Item 2 Item 10 Zoo Last',
    )
  })

  it('takes a role out of its parent, and leaves its children inside', () => {
    expect(
      tree(
        aMailbox('in', { role: 'inbox' }),
        aMailbox('sent', { role: 'sent', parentId: 'in' }),
        aMailbox('lists', { parentId: 'in' }),
        aMailbox('sub', { parentId: 'lists' }),
      ),
    ).toBe('in(lists(sub)) sent | ')
  })

  it.each([
    ['an orphan', [aMailbox('a', { parentId: 'nowhere' })], ' | a'],
    ['its own parent', [aMailbox('a', { parentId: 'a' })], ' | a'],
    ['a cycle', [aMailbox('a', { parentId: 'b' }), aMailbox('b', { parentId: 'a' })], ' | a b'],
    [
      'a mailbox below a cycle',
      [aMailbox('a', { parentId: 'b' }), aMailbox('b', { parentId: 'a' }), aMailbox('c', { parentId: 'a' })],
      ' | a(c) b',
    ],
    ['two of one role', [aMailbox('a', { role: 'inbox' }), aMailbox('b', { role: 'inbox' })], 'a b | '],
    ['an unknown role', [aMailbox('a', { role: 'constructor' })], ' | a'],
    ['the same id twice', [aMailbox('a'), aMailbox('a')], ' | a'],
    ['a name that is a property', [aMailbox('__proto__'), aMailbox('c', { parentId: '__proto__' })], ' | __proto__(c)'],
  ])('survives %s', (_, mailboxes, expected) => {
    expect(tree(...mailboxes)).toBe(expected)
  })

  it('leaves out what is hidden, but for roles, and for the way to what is not', () => {
    const hidden = { isSubscribed: false }
    const all = [
      aMailbox('inbox', { role: 'inbox' }),
      aMailbox('junk', { role: 'junk', ...hidden }),
      aMailbox('gone', hidden),
      aMailbox('way', hidden),
      aMailbox('seen', { parentId: 'way' }),
    ]
    const shown = mailboxTree(all, { hides: true, locale: 'en' })
    expect(`${shape(shown.roles)} | ${shape(shown.own)}`).toBe('inbox junk | way(seen)')
    expect(tree(...all)).toBe('inbox junk | gone way(seen)')
  })

  it('shows all of an account that knows of no subscriptions', () => {
    const all = [aMailbox('inbox', { role: 'inbox', isSubscribed: false }), aMailbox('a', { isSubscribed: false })]
    expect(shape(mailboxTree(all, { hides: true }).own)).toBe('a')
  })

  it('shows what another client made on a server that subscribes to its own mailboxes alone', () => {
    const all = [aMailbox('inbox', { role: 'inbox' }), aMailbox('garden', { isSubscribed: false })]
    expect(shape(mailboxTree(all, { hides: true }).own)).toBe('garden')
  })

  it('survives a chain that no stack would', () => {
    const chain = Array.from({ length: 3000 }, (_, index) => aMailbox(`m${index}`, { parentId: `m${index - 1}` }))
    const { own } = mailboxTree(chain, { locale: 'en' })
    const count = (nodes: readonly MailboxNode[]): number =>
      nodes.reduce((sum, { children }) => sum + 1 + count(children), 0)
    expect(count(own)).toBe(3000)
  })

  it('shows what may not be read only as the way to what may', () => {
    const myRights = { ...RIGHTS, mayReadItems: false }
    expect(
      tree(aMailbox('closed', { myRights }), aMailbox('way', { myRights }), aMailbox('open', { parentId: 'way' })),
    ).toBe(' | way(open)')
  })
})
