import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { hiddenAmong } from '../mail/mailboxes.ts'
import { aMailbox, INBOX } from '../replica/testing/rows.ts'
import { hideMailbox, orderMailbox, showMailbox, type ManageInput } from './manage-mailboxes.ts'
import { UndoStack } from './undo-stack.svelte.ts'

const id = (name: string): MailboxId => name as MailboxId
let account: ThreadAccount
let undo: UndoStack
let said: string[]
let input: ManageInput

const all = (): Promise<readonly Mailbox[]> => account.replica.mailboxes()
const one = async (name: string): Promise<Mailbox> =>
  (await all()).find((each) => each.name === name) ?? aMailbox(INBOX)
async function hidden(): Promise<string> {
  const mailboxes = await all()
  const names = mailboxes.filter(hiddenAmong(mailboxes)).map(({ name }) => name)
  return names.sort().join(' ')
}

const put = (isSubscribed: boolean): Promise<void> =>
  account.write((tx) =>
    tx.putMailboxes([
      aMailbox(INBOX, { isSubscribed }),
      ...['trips', 'rome', 'work'].map((name) =>
        aMailbox(id(name), { name, role: null, isSubscribed, parentId: name === 'rome' ? id('trips') : null }),
      ),
    ]),
  )

beforeEach(() => {
  account = new ThreadAccount(new ManualClock())
  undo = new UndoStack()
  said = []
  input = { account: account.open, undo: () => Promise.resolve(undo), announce: (words) => said.push(words) }
})
afterEach(() => account.replica.close())

describe('what is hidden from the sidebar', () => {
  it('goes with what lies in it, in one step, and comes back so', async () => {
    await put(true)
    await hideMailbox(input, await one('trips'))
    expect(await hidden()).toBe('rome trips')
    await undo.undo()
    expect(await hidden()).toBe('')
    await undo.redo()
    expect(await hidden()).toBe('rome trips')
    await showMailbox(input, await one('trips'))
    expect(await hidden()).toBe('')
  })

  it('is all there is to hide where the account knew of no subscriptions', async () => {
    await put(false)
    expect(await hidden()).toBe('')
    await hideMailbox(input, await one('work'))
    expect(await hidden()).toBe('work')
    await undo.undo()
    expect(await hidden()).toBe('')
  })
})

it('a mailbox that stands at the end is said to stay there, and is no step', async () => {
  await put(true)
  await orderMailbox(input, await one('work'), 1)
  expect(said).toEqual(['“work” stays where it is'])
  expect(undo.latest).toBeUndefined()
  await orderMailbox(input, await one('work'), -1)
  expect(said.at(-1)).toBe('“work” moved up')
  expect(undo.latest?.label).toBe('“work” moved up')
})
