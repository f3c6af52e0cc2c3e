import { describe, expect, it, vi } from 'vitest'
import type { EmailId, Mailbox, MailboxId } from '../../../jmap/types.ts'
import type { SwipeChoice } from '../../../state/swipe-choice.ts'
import type { Held } from '../hands/row-acts.ts'
import { swipeAction } from './swipe-actions.ts'

const rights = { mayAddItems: true, mayRemoveItems: true, maySetSeen: true, maySetKeywords: true }
const roles = ['inbox', 'archive', 'trash', 'sent']

interface Shown {
  readonly role?: string | undefined
  readonly keywords?: Readonly<Record<string, boolean>>
  readonly lacks?: string
  readonly isShared?: boolean
  readonly mayNot?: Partial<typeof rights>
}

/** The row of one message in the list of a mailbox; without a role, a hit of a search. */
function held({ role, keywords = {}, lacks, isShared, mayNot }: Shown): Held {
  const mailboxes = roles
    .filter((each) => each !== lacks)
    .map((each) => ({ id: each as MailboxId, role: each, myRights: { ...rights, ...mayNot } }) as unknown as Mailbox)
  const mailboxId = (role ?? 'inbox') as MailboxId
  const message = { id: 'e' as EmailId, blobId: 'b', keywords, mailboxIds: { [mailboxId]: true } }
  const row = { mailboxId, threadId: 't', emailId: 'e', messages: [message] }
  const get = (id: string): Mailbox | undefined => mailboxes.find((mailbox) => (mailbox.id as string) === id)
  const acts = {
    account: { info: { isReadOnly: false, isPersonal: !isShared }, mailboxes: { stored: mailboxes, get } },
    list: { positionOf: () => 0, row: () => row },
    mailbox: role === undefined ? undefined : get(role),
    selection: { has: () => false },
    mark: vi.fn(),
    file: vi.fn(),
  }
  return { acts, row } as unknown as Held
}

const wordOf = (choice: SwipeChoice, shown: Shown): string | undefined => swipeAction(choice, held(shown))?.word

describe('what a swipe is called', () => {
  it('says what would become of this row', () => {
    expect(wordOf('read', { role: 'inbox' })).toBe('Read')
    expect(wordOf('read', { role: 'inbox', keywords: { $seen: true } })).toBe('Unread')
    expect(wordOf('flag', { role: 'inbox' })).toBe('Flag')
    expect(wordOf('flag', { role: 'inbox', keywords: { $flagged: true } })).toBe('Unflag')
  })

  it('is nothing where nothing would happen', () => {
    expect(wordOf('archive', { role: 'inbox' })).toBe('Archive')
    expect(wordOf('archive', { role: 'archive' })).toBeUndefined()
    expect(wordOf('archive', { role: 'inbox', mayNot: { mayRemoveItems: false } })).toBeUndefined()
    expect(wordOf('read', { role: 'inbox', mayNot: { maySetSeen: false } })).toBeUndefined()
    expect(wordOf('none', { role: 'inbox' })).toBeUndefined()
  })

  it('archives where there is no Archive yet, but not in what others share', () => {
    expect(wordOf('archive', { role: 'inbox', lacks: 'archive' })).toBe('Archive')
    expect(wordOf('archive', { role: 'inbox', lacks: 'archive', isShared: true })).toBeUndefined()
  })

  it('asks until when or where to, and the row stays; in what others share nothing sleeps without a mailbox for it', () => {
    for (const choice of ['snooze', 'move'] as const) {
      const row = held({ role: 'inbox' })
      expect(swipeAction(choice, row)).toMatchObject({ leaves: false, tone: 'later' })
      void swipeAction(choice, row)?.act()
      expect(row.acts.file).toHaveBeenCalledWith(choice, [row.row])
    }
    expect(wordOf('snooze', { role: 'inbox', isShared: true })).toBeUndefined()
  })

  it('mutes, or no longer; out of the Inbox the row goes', () => {
    expect(swipeAction('mute', held({ role: 'inbox' }))).toMatchObject({ word: 'Mute', leaves: true })
    expect(swipeAction('mute', held({ role: 'archive' }))).toMatchObject({ word: 'Mute', leaves: false })
    const muted = held({ role: 'archive', keywords: { $muted: true } })
    expect(swipeAction('mute', muted)).toMatchObject({ word: 'Unmute', leaves: false })
    expect(wordOf('mute', { role: 'inbox', lacks: 'archive', isShared: true })).toBeUndefined()
  })

  it('a hit of a search is marked by the rights of its own mailbox', () => {
    expect(wordOf('read', {})).toBe('Read')
    expect(wordOf('read', { mayNot: { maySetSeen: false } })).toBeUndefined()
  })
})

it('in Trash the row stays where it is until the reader was asked', () => {
  expect(swipeAction('delete', held({ role: 'trash' }))?.leaves).toBe(false)
  expect(swipeAction('delete', held({ role: 'inbox' }))?.leaves).toBe(true)
})

it('acts on the row alone', async () => {
  const row = held({ role: 'inbox' })
  await swipeAction('archive', row)?.act()
  expect(row.acts.file).toHaveBeenCalledWith('archive', [row.row])
})
