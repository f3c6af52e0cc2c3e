import { afterEach, expect, test } from 'vitest'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

test('an engine that is told of an action after its replica was closed rejects nothing that nobody awaits', async () => {
  bench = await EngineBench.create()
  bench.fill(2)
  const engine = await bench.startAndSettle()
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  engine.stop()
  bench.replica.close()
  engine.pokeOutbox()
  await bench.clock.advance(1_000)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
