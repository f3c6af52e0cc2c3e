import { describe, expect, it } from 'vitest'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { aMailbox } from '../replica/testing/rows.ts'
import { orderChanges } from './mailbox-order.ts'
import { mailboxTree, type MailboxNode } from './mailboxes.ts'

const id = (name: string): MailboxId => name as MailboxId

function boxes(...given: readonly (readonly [string, number, Partial<Mailbox>?])[]): readonly Mailbox[] {
  return given.map(([name, sortOrder, rest]) => aMailbox(id(name), { name, sortOrder, ...rest }))
}

/** The own ones as the tree has them, once the changes have arrived. */
function moved(all: readonly Mailbox[], name: string, by: 1 | -1): { order: string; changes: number } {
  const changes = orderChanges(id(name), all, by)
  const next = all.map((each) => {
    const change = changes.find(({ mailbox }) => mailbox.id === each.id)
    return change ? { ...each, sortOrder: change.sortOrder } : each
  })
  const said = (nodes: readonly MailboxNode[]): string =>
    nodes.map(({ mailbox, children }) => mailbox.name + (children.length > 0 ? `(${said(children)})` : '')).join(' ')
  return { order: said(mailboxTree(next, { hides: true, locale: 'en' }).own), changes: changes.length }
}

describe('the place of a mailbox among others', () => {
  it.each([
    ['up, where all have the same number', boxes(['a', 0], ['b', 0], ['c', 0], ['d', 0]), 'c', -1, 'a c b d'],
    ['down, where all have the same number', boxes(['a', 0], ['b', 0], ['c', 0], ['d', 0]), 'b', 1, 'a c b d'],
    ['to the top', boxes(['a', 0], ['b', 0], ['c', 0]), 'b', -1, 'b a c'],
    ['to the end', boxes(['a', 7], ['b', 7], ['c', 9]), 'b', 1, 'a c b'],
    ['past one that its name would put first', boxes(['a', 5], ['b', 6], ['c', 7]), 'c', -1, 'a c b'],
  ] as const)('%s', (_, all, name, by, order) => {
    expect(moved(all, name, by).order).toBe(order)
  })

  it('changes one alone where there is room between the two', () => {
    expect(moved(boxes(['a', 10], ['b', 20], ['c', 30], ['d', 40]), 'd', -1)).toEqual({ order: 'a b d c', changes: 1 })
    expect(moved(boxes(['a', 10], ['b', 20], ['c', 30]), 'b', -1)).toEqual({ order: 'b a c', changes: 1 })
    expect(moved(boxes(['a', 10], ['b', 20], ['c', 30]), 'b', 1)).toEqual({ order: 'a c b', changes: 1 })
  })

  it('makes room once, so that the next move changes one', () => {
    const all = boxes(['a', 0], ['b', 0], ['c', 0], ['d', 0])
    const first = orderChanges(id('c'), all, -1)
    const next = all.map((each) => ({
      ...each,
      sortOrder: first.find(({ mailbox }) => mailbox.id === each.id)?.sortOrder ?? each.sortOrder,
    }))
    expect(moved(next, 'd', -1)).toEqual({ order: 'a c d b', changes: 1 })
  })

  it('is among those inside the same one, and passes over what is hidden', () => {
    const inner = { parentId: id('way') }
    const all = boxes(['way', 0], ['x', 0, inner], ['y', 0, { ...inner, isSubscribed: false }], ['z', 0, inner])
    expect(moved(all, 'z', -1).order).toBe('way(z x)')
  })

  it('is left alone at the ends, by role, and without the right to it', () => {
    const mayNot = { myRights: { ...aMailbox(id('x')).myRights, mayRename: false } }
    const all = boxes(['inbox', 0, { role: 'inbox' }], ['a', 0], ['b', 0], ['c', 0, mayNot])
    expect(orderChanges(id('a'), all, -1)).toEqual([])
    expect(orderChanges(id('c'), all, 1)).toEqual([])
    expect(orderChanges(id('inbox'), all, 1)).toEqual([])
    expect(orderChanges(id('c'), all, -1)).toEqual([])
  })
})
