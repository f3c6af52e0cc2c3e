import { afterEach, describe, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

describe('a server that forgets its states', () => {
  test.each(['plain', 'stalwart', 'cyrus'] as const)('is swept, and nothing is blank meanwhile (%s)', async (like) => {
    bench = await EngineBench.create({ like })
    const ids = bench.fill(600)
    const engine = await bench.startAndSettle()
    const inbox = bench.mailboxId('inbox')
    const shortest: number[] = []
    bench.replica.subscribe(() => void bench.list(inbox).then((list) => shortest.push(list.length)))

    bench.account.setKeywords(ids[300]!, { $seen: true })
    bench.account.destroy(ids[10]!)
    bench.account.move(ids[500]!, [bench.mailboxId('sent')])
    bench.deliver({ subject: 'While nobody looked' })
    bench.account.forgetChanges()
    engine.didPush()
    await bench.clock.advance(10_000)

    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
    const [flagged] = await bench.replica.emails([ids[300]!])
    expect(flagged?.keywords).toHaveProperty('$seen')
    expect(Math.min(...shortest)).toBeGreaterThan(590)
    expect(engine.status.phase).toBe('ready')
  })

  test('keeps what waits in the outbox', async () => {
    bench = await EngineBench.create()
    const [id] = bench.fill(30)
    const engine = await bench.startAndSettle()
    const [row] = await bench.replica.emails([id!])
    bench.account.forgetChanges()
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [row!.id],
      blobIds: [row!.blobId],
      keyword: '$seen',
      value: true,
    })
    engine.pokeOutbox()
    await bench.clock.advance(10_000)
    expect(bench.account.living(id!).keywords.has('$seen')).toBe(true)
    expect(await bench.replica.outbox()).toEqual([])
  })
})
