/** Somebody else deletes for ever what the reader has done something to: reliability.md R24. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId } from '../../src/jmap/types.ts'
import type { Mutation, OutboxRow } from '../../src/mutations/mutation.ts'
import { EngineBench } from '../support/engine-bench.ts'

const DAY_MS = 86_400_000

let bench: EngineBench

afterEach(() => bench.close())

type Kind = 'setKeyword' | 'destroyEmails'

/** Done offline to two letters, the first of which is gone `ms` later, when the network is back. */
async function goneAfter(ms: number, kind: Kind): Promise<{ gone: EmailId; rows: readonly OutboxRow[] }> {
  bench = await EngineBench.create()
  const ids = bench.fill(5).slice(0, 2)
  const engine = await bench.startAndSettle()
  const emails = (await bench.replica.emails(ids)).flatMap((email) => email ?? [])
  const on = { emailIds: emails.map(({ id }) => id), blobIds: emails.map(({ blobId }) => blobId) }
  const mutation: Mutation =
    kind === 'setKeyword' ? { type: kind, ...on, keyword: '$flagged', value: true } : { type: kind, ...on }
  bench.client.faults = () => ({ lose: 'before' })
  await bench.replica.appendMutation(mutation)
  engine.stop()
  const [gone] = ids
  if (gone === undefined) throw new Error('no letter')
  bench.account.destroy(gone)
  await bench.clock.advance(ms)
  bench.client.faults = () => undefined
  await bench.startAndSettle()
  return { gone, rows: await bench.replica.outbox() }
}

describe('a letter that is gone', () => {
  test('when what was done to it a day ago is sent: that is listed, and the rest is done', async () => {
    const { gone, rows } = await goneAfter(DAY_MS, 'setKeyword')
    expect(rows).toMatchObject([{ status: 'failed', lastError: 'notFound', mutation: { emailIds: [gone] } }])
    const flagged = [...bench.account.emails.values()].filter(({ keywords }) => keywords.has('$flagged'))
    expect(flagged).toHaveLength(1)
  })

  test('takes what was done to it just now along', async () => {
    expect((await goneAfter(10_000, 'setKeyword')).rows).toEqual([])
  })

  test('that was to be gone is nothing to be told', async () => {
    expect((await goneAfter(DAY_MS, 'destroyEmails')).rows).toEqual([])
  })
})
