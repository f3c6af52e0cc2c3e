/**
 * Position ↔ key for the entries of one mailbox, without walking them: the list is cut into runs of neighbours, each
 * known by its first key and its number of entries (a B-tree of one level; a fixed fence at every 256th key would
 * shift with every arrival). Pure, but for splitting, which reads one run's keys.
 *
 *   runs    [k0 300][k300 256][k556 97]
 *   entries  0 … 299  300 … 555 556 … 652
 */
import type { MailboxId } from '../jmap/types.ts'
import { compareKeys, type EntryKey, type KeyRange } from './storage/keys.ts'
import type { ListRuns, Run } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'

const SPLIT_AT = 512
const SPLIT_INTO = 256

export function countOf(list: ListRuns | undefined): number {
  return (list?.runs ?? []).reduce((sum, [, , count]) => sum + count, 0)
}

/** The run that holds the position, and how far into the run it is; undefined past the end. */
export function runAt(list: ListRuns | undefined, position: number): { key: EntryKey; offset: number } | undefined {
  if (list === undefined) return undefined
  let offset = position
  for (const run of list.runs) {
    if (offset < run[2]) return { key: firstKey(list.mailboxId, run), offset }
    offset -= run[2]
  }
  return undefined
}

/** How many entries stand before `key`. */
export async function positionOfKey(
  tx: StorageTx,
  list: ListRuns | undefined,
  mailboxId: MailboxId,
  key: readonly [MailboxId, number] | EntryKey,
): Promise<number> {
  const runs = list?.runs ?? []
  const index = runIndex(mailboxId, runs, key)
  const run = runs[index]
  if (run === undefined) return 0
  const before = runs.slice(0, index).reduce((sum, [, , count]) => sum + count, 0)
  const range: KeyRange = { lower: firstKey(mailboxId, run), upper: key, upperOpen: true }
  return compareKeys(firstKey(mailboxId, run), key) < 0 ? before + (await tx.count('entries', range)) : before
}

/** The runs after entries came and went; the entries themselves are already written to `tx`. */
export async function updateRuns(
  tx: StorageTx,
  list: ListRuns,
  changes: { readonly added: readonly EntryKey[]; readonly removed: readonly EntryKey[] },
): Promise<ListRuns> {
  const { mailboxId } = list
  const runs: Run[] = [...list.runs]
  for (const key of changes.added) {
    const index = runIndex(mailboxId, runs, key)
    const run = runs[index]
    if (run === undefined) runs.push([key[1], key[2], 1])
    else if (compareKeys(key, firstKey(mailboxId, run)) < 0) runs[index] = [key[1], key[2], run[2] + 1]
    else runs[index] = [run[0], run[1], run[2] + 1]
  }
  for (const key of changes.removed) {
    const index = runIndex(mailboxId, runs, key)
    const run = runs[index]
    if (run !== undefined) runs[index] = [run[0], run[1], run[2] - 1]
  }
  return { mailboxId, runs: await split(tx, mailboxId, runs) }
}

async function split(tx: StorageTx, mailboxId: MailboxId, runs: readonly Run[]): Promise<Run[]> {
  const result: Run[] = []
  for (const [index, run] of runs.entries()) {
    if (run[2] <= SPLIT_AT) {
      // An empty run is dropped: the run before it takes over its stretch of keys.
      if (run[2] > 0) result.push(run)
      continue
    }
    const keys = await tx.keys('entries', runRange(mailboxId, run, runs[index + 1]))
    for (let start = 0; start < keys.length; start += SPLIT_INTO) {
      const key = keys[start]
      if (key !== undefined) result.push([key[1], key[2], Math.min(SPLIT_INTO, keys.length - start)])
    }
  }
  return result
}

function runRange(mailboxId: MailboxId, run: Run, next: Run | undefined): KeyRange {
  const lower = firstKey(mailboxId, run)
  if (next === undefined) return { lower, upper: [mailboxId, []] }
  return { lower, upper: firstKey(mailboxId, next), upperOpen: true }
}

/** The last run that begins at or before `key`, or the first run. */
function runIndex(mailboxId: MailboxId, runs: readonly Run[], key: readonly [MailboxId, number] | EntryKey): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const run = runs[middle]
    if (run !== undefined && compareKeys(firstKey(mailboxId, run), key) <= 0) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

function firstKey(mailboxId: MailboxId, run: Run): EntryKey {
  return [mailboxId, run[0], run[1]]
}
