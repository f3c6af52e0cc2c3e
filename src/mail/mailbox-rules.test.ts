import { expect, it } from 'vitest'
import { aMailbox } from '../replica/testing/rows.ts'
import { cleanName, heightOf, mayDelete, mayHold, mayRename, nameProblem, withInner } from './mailbox-rules.ts'
import type { MailboxId } from '../jmap/types.ts'

const id = (name: string): MailboxId => name as MailboxId
const house = aMailbox(id('house'), { name: 'House' })
const roof = aMailbox(id('roof'), { name: 'Roof', parentId: house.id })
const tiles = aMailbox(id('tiles'), { name: 'Tiles', parentId: roof.id })
const inbox = aMailbox(id('inbox'), { name: 'Inbox', role: 'inbox' })
const mailboxes = [inbox, house, roof, tiles]
const problem = (name: string, parentId: MailboxId | null = null, own?: MailboxId): string | undefined =>
  nameProblem(cleanName(name), { mailboxes, parentId, own, mail: { maxSizeMailboxName: 12 } })

it('takes names as RFC 8621 does: of some length, in octets, without control characters, one of siblings', () => {
  expect(problem('  ')).toBe('empty')
  expect(problem('a\u0007b')).toBe('control')
  expect(problem('ééééééé')).toBe('tooLong')
  expect(problem('éééééé')).toBeUndefined()
  expect(problem(' House ')).toBe('taken')
  expect(problem('House', house.id)).toBeUndefined()
  expect(problem('House', null, house.id)).toBeUndefined()
  expect(nameProblem('x'.repeat(9_999), { mailboxes, parentId: null, mail: undefined })).toBeUndefined()
  expect(cleanName('e\u0301')).toBe('\u00e9')
})

it('knows what lies in a mailbox, deepest first, and how deep; a cycle is no end', () => {
  expect(withInner(house, mailboxes)).toEqual([tiles, roof, house])
  expect([heightOf(house, mailboxes), heightOf(tiles, mailboxes)]).toEqual([3, 1])
  const [a, b] = [aMailbox(id('a'), { parentId: id('b') }), aMailbox(id('b'), { parentId: id('a') })]
  expect(withInner(a, [a, b])).toEqual([b, a])
})

it('lets no tree be deeper than the server takes, and none go into what may hold none', () => {
  const mail = { maxMailboxDepth: 3 }
  expect([mayHold(roof, mailboxes, mail), mayHold(tiles, mailboxes, mail)]).toEqual([true, false])
  expect(mayHold(house, mailboxes, mail, 3)).toBe(false)
  const closed = { ...house, myRights: { ...house.myRights, mayCreateChild: false } }
  expect(mayHold(closed, mailboxes, undefined)).toBe(false)
})

it('leaves those with a role as they are, and what there is no right to', () => {
  const rights = { ...house.myRights, mayRename: true, mayDelete: true }
  const own = { ...house, myRights: rights }
  expect([mayRename(own), mayDelete(own)]).toEqual([true, true])
  expect([mayRename({ ...own, role: 'archive' }), mayDelete({ ...own, role: 'archive' })]).toEqual([false, false])
  const bound = { ...own, myRights: { ...rights, mayRename: false, mayDelete: false } }
  expect([mayRename(bound), mayDelete(bound)]).toEqual([false, false])
})
