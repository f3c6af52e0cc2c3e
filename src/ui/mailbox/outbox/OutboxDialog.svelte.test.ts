import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ThreadAccount } from '../../../../tests/support/thread-account.ts'
import { systemClock } from '../../../platform/clock.ts'
import { SyncStatus } from '../../../state/sync-status.svelte.ts'
import OutboxDialog from './OutboxDialog.svelte'
import type { BlobId, EmailId } from '../../../jmap/types.ts'
import type { OutboxRow } from '../../../mutations/mutation.ts'
import type { AccountState } from '../../../state/accounts.svelte.ts'

let account: ThreadAccount
const onClose = vi.fn()

async function queue(keyword: string, count = 1): Promise<OutboxRow> {
  const emailIds = Array.from({ length: count }, (_, at) => `e${keyword}${String(at)}` as EmailId)
  const blobIds = emailIds.map((id) => `b${id}` as BlobId)
  return account.replica.appendMutation({ type: 'setKeyword', emailIds, blobIds, keyword, value: true })
}

function refuse(row: OutboxRow, lastError: string): Promise<void> {
  return account.write((tx) => tx.putOutbox({ ...row, status: 'failed', attempts: 2, lastError }))
}

function show(): void {
  const state = { ...account.open, status: new SyncStatus(account.open.port), mailboxes: { all: [] } }
  render(OutboxDialog, { accounts: [state as unknown as AccountState], clock: systemClock, onClose })
}

const items = (): HTMLElement[] => screen.queryAllByRole('listitem')
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }))

// jsdom has the element, not its methods.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false
  }
})

beforeEach(() => {
  vi.clearAllMocks()
  account = new ThreadAccount(systemClock)
})

describe('unsent changes', () => {
  it('are listed with what they do, since when and why, refused ones first, and follow what happens', async () => {
    await queue('$seen', 3)
    await refuse(await queue('$flagged'), 'overQuota')
    account.setStatus({ phase: 'offline' })
    show()
    await vi.waitFor(() => expect(items()).toHaveLength(2))
    const [first, second] = items()
    expect(first).toHaveTextContent(/Flag 1 message\s*Since \d.*There is no room left on the server\./)
    expect(second).toHaveTextContent(/Mark 3 messages as read\s*Since \d.*Waits for the network/)
    expect(within(second!).queryByRole('button', { name: /^Try again/ })).toBeNull()
    await queue('$junk')
    await vi.waitFor(() => expect(items()).toHaveLength(3))
    account.setStatus({ phase: 'ready' })
    await vi.waitFor(() => expect(items()[1]).toHaveTextContent('Waits its turn'))
  })

  it('are tried again: the engine is told, and the focus stays in the dialog', async () => {
    const row = await queue('$flagged')
    await refuse(row, 'forbidden')
    show()
    await screen.findByRole('button', { name: 'Try again: Flag 1 message' })
    await press('Try again: Flag 1 message')
    await vi.waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('It will be sent again'))
    expect(await account.replica.outbox()).toEqual([row])
    expect(account.asked).toContain('outbox')
    expect(screen.getByRole('heading', { name: 'Unsent changes' })).toHaveFocus()
  })

  it('are discarded, and it is said what that does; what is on its way is not', async () => {
    const row = await queue('$flagged')
    show()
    const button = await screen.findByRole('button', { name: 'Discard: Flag 1 message' })
    expect(button).toHaveAccessibleDescription(/undoes it on this device/)
    await userEvent.click(button)
    await vi.waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('undone on this device'))
    expect(screen.getByText('Everything you did has reached the server.')).toBeVisible()
    await account.write((tx) => tx.putOutbox({ ...row, status: 'sending' }))
    await vi.waitFor(() => expect(items()).toHaveLength(1))
    expect(within(items()[0]!).queryByRole('button')).toBeNull()
  })

  it('says so where a change left while it was being discarded', async () => {
    const row = await queue('$flagged')
    account.replica.discardMutation = () => Promise.resolve(false)
    show()
    await screen.findByText('Flag 1 message')
    await press(/^Discard/)
    await vi.waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('It is too late'))
    expect(await account.replica.outbox()).toEqual([row])
  })

  it('are shown by portions, and all that were refused are decided at once', async () => {
    for (let at = 0; at < 60; at += 1) await refuse(await queue(`k${String(at)}`), 'forbidden')
    show()
    await vi.waitFor(() => expect(items()).toHaveLength(50))
    await press('Show 10 more of 60')
    await vi.waitFor(() => expect(items()).toHaveLength(60))
    await press('Discard all that were refused')
    await vi.waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('60 changes are undone'))
    expect(await account.replica.outbox()).toEqual([])
  })
})
