/** What a device without room still holds of the reader's actions goes on in memory; it is lost with neither. */
import type { Replica } from '../replica/replica.ts'

/** A row leaves the device once it has left the memory: a tab that is closed before loses none. */
export async function takeOutbox(opening: Promise<Replica>, memory: Replica): Promise<void> {
  const kept = await opening
  const taken = new Map<string, string>()
  for (const { id, mutation, status } of await kept.outbox()) {
    // What the server has confirmed is in what memory pulls: said again, it could undo what came after it.
    if (status !== 'sent') taken.set((await memory.appendMutation(mutation)).id, id)
  }
  const settle = async (): Promise<void> => {
    const left = new Set((await memory.outbox()).map(({ id }) => id))
    const gone = [...taken].filter(([here]) => !left.has(here))
    await dropFrom(
      kept,
      gone.map(([, there]) => there),
    )
    for (const [here] of gone) taken.delete(here)
    if (taken.size > 0 || isOver) return
    isOver = true
    stop()
    kept.close()
  }
  let isOver = false
  let settled = Promise.resolve()
  // What failed is tried again with the next change.
  const trySettle = (): Promise<void> => settle().catch(() => undefined)
  const stop = memory.subscribe(({ outbox }) => {
    if (outbox) settled = settled.then(trySettle)
  })
  settled = trySettle()
  await settled
}

/** Whatever their status is: one that the disk was too full to settle stands there as being sent. */
async function dropFrom(kept: Replica, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const epoch = (await kept.read(['meta'], (tx) => tx.get('meta', 'epoch')))?.value ?? 0
  await kept.write({ epoch, durability: 'strict' }, (tx) => tx.deleteOutbox(ids))
}
