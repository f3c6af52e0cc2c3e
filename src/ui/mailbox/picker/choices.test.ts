import { expect, it } from 'vitest'
import { ARCHIVE, INBOX, aMailbox } from '../../../replica/testing/rows.ts'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'
import { choicesOf, findChoices, type Choice } from './choices.ts'

const id = (name: string): MailboxId => name as MailboxId
const own = (name: string, parent: string | null = null): Mailbox =>
  aMailbox(id(name), { name, role: null, parentId: parent === null ? null : id(parent) })
const mailboxes = [
  aMailbox(INBOX, { role: 'inbox' }),
  aMailbox(ARCHIVE, { role: 'archive' }),
  own('Résumés'),
  own('House'),
  own('Insurance', 'House'),
  own('Rest of the house'),
]
const choices = (lately: readonly string[] = [], closed?: string): readonly Choice[] =>
  choicesOf(mailboxes, lately.map(id), (mailbox) => (mailbox.id === closed ? 'closed' : undefined))
const names = (all: readonly Choice[]): string[] => all.map(({ name, path }) => (path ? `${path} / ${name}` : name))

it('offers the mailboxes in the order of the tree, by the names that they have there', () => {
  expect(names(choices())).toEqual(['Inbox', 'Archive', 'House', 'House / Insurance', 'Rest of the house', 'Résumés'])
  expect(choices().map(({ depth }) => depth)).toEqual([0, 0, 0, 1, 0, 0])
})

it('has those used lately first, but for what cannot be chosen, and each once', () => {
  const all = choices(['Insurance', 'House', 'gone'], 'House')
  expect(names(all).slice(0, 3)).toEqual(['House / Insurance', 'Inbox', 'Archive'])
  expect(all.map(({ isLately }) => isLately).filter(Boolean)).toHaveLength(1)
  expect(all).toHaveLength(mailboxes.length)
  expect(all.find(({ name }) => name === 'House')?.whyNot).toBe('closed')
})

it('finds by parts of names without case and accents, what begins with it first', () => {
  expect(names(findChoices(choices(), 'RESU'))).toEqual(['Résumés'])

  expect(names(findChoices(choices(), 'hous'))).toEqual(['House', 'Rest of the house', 'House / Insurance'])
  expect(names(findChoices(choices(), 'house ins'))).toEqual(['House / Insurance'])
  expect(findChoices(choices(), 'nothing')).toEqual([])
  expect(findChoices(choices(), '  ')).toHaveLength(mailboxes.length)
})
