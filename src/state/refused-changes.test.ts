import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { systemClock } from '../platform/clock.ts'
import { watchRefused } from './refused-changes.ts'
import type { BlobId, EmailId } from '../jmap/types.ts'
import type { OutboxRow } from '../mutations/mutation.ts'

let account: ThreadAccount
const onRefused = vi.fn<(rows: readonly OutboxRow[]) => void>()

async function queue(keyword: string): Promise<OutboxRow> {
  const [emailIds, blobIds] = [['e' as EmailId], ['b' as BlobId]]
  return account.replica.appendMutation({ type: 'setKeyword', emailIds, blobIds, keyword, value: true })
}

/** As the engine writes it, in one transaction, and says it. */
async function refuse(...rows: readonly OutboxRow[]): Promise<void> {
  await account.write(async (tx) => {
    for (const row of rows) await tx.putOutbox({ ...row, status: 'failed', lastError: 'forbidden' })
  })
  await say()
}

async function say(): Promise<void> {
  const failed = (await account.replica.outbox()).filter((row) => row.status === 'failed').length
  account.setStatus({ failed })
}

const told = (): string[][] => onRefused.mock.calls.map(([rows]) => rows.map((row) => row.id))
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  vi.clearAllMocks()
  account = new ThreadAccount(systemClock)
})

describe('what the server refuses', () => {
  it('is told once, all of one answer together', async () => {
    const rows = [await queue('a'), await queue('b')]
    watchRefused(account.open, onRefused)
    await settled()
    await refuse(...rows)
    await settled()
    account.setStatus({ phase: 'syncing' })
    await settled()
    expect(told()).toEqual([rows.map((row) => row.id)])
    const third = await queue('c')
    await refuse(third)
    await settled()
    expect(told().slice(1)).toEqual([[third.id]])
  })

  it('is not told of what stood refused before, unless it is tried again and refused again', async () => {
    const row = await queue('a')
    await refuse(row)
    watchRefused(account.open, onRefused)
    await settled()
    expect(told()).toEqual([])
    await account.replica.retryMutation(row.id)
    await say()
    await settled()
    await refuse(row)
    await settled()
    expect(told()).toEqual([[row.id]])
  })

  it('is told no more once nobody watches', async () => {
    const row = await queue('a')
    const stop = watchRefused(account.open, onRefused)
    await settled()
    stop()
    await refuse(row)
    await settled()
    expect(told()).toEqual([])
  })
})
