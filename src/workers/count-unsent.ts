/** What would be lost by a sign-out now: the outbox rows of all its accounts. */
import type { Replica } from '../replica/replica.ts'
import type { AccountInfo } from '../sync/engine-port.ts'

/** `close` is left out where the replica lives on. Rejects with a `ReplicaError` where one cannot be read. */
export async function countUnsent(
  accounts: readonly AccountInfo[],
  open: (account: AccountInfo) => Promise<Replica>,
  close?: (replica: Replica) => void,
): Promise<number> {
  let rows = 0
  for (const account of accounts) {
    if (!account.hasMail) continue
    const replica = await open(account)
    try {
      rows += (await replica.outbox()).length
    } finally {
      close?.(replica)
    }
  }
  return rows
}
