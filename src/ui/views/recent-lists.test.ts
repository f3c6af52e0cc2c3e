import { expect, it } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../../tests/support/thread-account.ts'
import type { MailboxId } from '../../jmap/types.ts'
import type { ListQuery } from '../../mail/list.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import { RecentLists } from './recent-lists.ts'

const box = (n: number): ListQuery => ({ mailboxId: `m${String(n)}` as MailboxId })

it('answers the list that was there, and forgets the one left longest ago', () => {
  const clock = new ManualClock()
  const account = new ThreadAccount(clock).open as AccountState
  const recent = new RecentLists(clock)
  const first = recent.get(account, box(0))
  expect(recent.get(account, box(0))).toBe(first)
  for (let n = 1; n <= 7; n++) recent.get(account, box(n))
  expect(recent.get(account, box(0))).toBe(first)
  for (let n = 1; n <= 8; n++) recent.get(account, box(n))
  expect(recent.get(account, box(0))).not.toBe(first)
})

it('begins anew for an account that signed out and in again', () => {
  const clock = new ManualClock()
  const recent = new RecentLists(clock)
  const before = recent.get(new ThreadAccount(clock).open as AccountState, box(0))
  expect(recent.get(new ThreadAccount(clock).open as AccountState, box(0))).not.toBe(before)
})
