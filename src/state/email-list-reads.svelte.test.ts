/** How often a list reads its rows: each time costs a slow machine a frame, and the next key comes soon. */
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { aMailbox, anEmail, aThread, INBOX, minute, setSeen } from '../replica/testing/rows.ts'
import { EmailList } from './email-list.svelte.ts'
import { shownMeanwhile } from './rows-after.ts'

let account: ThreadAccount
let list: EmailList
let stop: () => void = () => undefined

beforeEach(async () => {
  const clock = new ManualClock()
  account = new ThreadAccount(clock)
  await account.write(async (tx) => {
    await tx.putMailboxes([aMailbox(INBOX)])
    await tx.putEmails([1, 2, 3].map((n) => anEmail(String(n), { receivedAt: minute(n) })))
    await tx.putThreads([1, 2, 3].map((n) => aThread(`t-${String(n)}`, String(n))))
    await tx.setHorizon({ scope: '*', after: null })
    tx.setSyncedAt(clock.now())
  })
  list = new EmailList({ account: account.open, query: { mailboxId: INBOX }, clock })
  stop = $effect.root(() => {
    $effect(() => expect(list.revision).toBeGreaterThanOrEqual(0))
  })
  flushSync()
  await settle()
})
afterEach(() => {
  stop()
  account.replica.close()
})

it('reads once for an action, and not for how far that has come', async () => {
  const read = vi.spyOn(account.replica, 'listWindow')
  const unread = setSeen(false, '3')
  const row = await shownMeanwhile(list, [unread], () => account.replica.appendMutation(unread))
  await settle()
  expect(read).toHaveBeenCalledTimes(1)
  await account.write((tx) => tx.putOutbox({ ...row, status: 'sending', attempts: 1 }))
  await settle()
  expect(read).toHaveBeenCalledTimes(1)
  await account.write((tx) => tx.putOutbox({ ...row, status: 'failed', attempts: 1, lastError: 'forbidden' }))
  await settle()
  expect(read).toHaveBeenCalledTimes(2)
})

it('reads when it is asked to and nothing was heard of', async () => {
  const read = vi.spyOn(account.replica, 'listWindow')
  await list.reread()
  expect(read).toHaveBeenCalledTimes(1)
})
