import { expect, it } from 'vitest'
import { eachBatch, inBatches } from './in-batches.ts'

it('sends a batch once the one before was answered, and keeps the order', async () => {
  const answers: (() => void)[] = []
  const read = (key: number): Promise<number> =>
    new Promise((resolve) => {
      answers.push(() => {
        resolve(-key)
      })
    })
  const keys = Array.from({ length: 250 }, (_, at) => at)
  const all = inBatches(keys, read)
  const sent: number[] = []
  while (answers.length > 0) {
    sent.push(answers.length)
    for (const answer of answers.splice(0).toReversed()) answer()
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(sent).toEqual([100, 100, 50])
  expect(await all).toEqual(keys.map((key) => -key))
})

it('hands over each batch by itself, and nothing of nothing', async () => {
  const sizes: number[] = []
  const take = (batch: readonly number[]): void => void sizes.push(batch.length)
  await eachBatch(
    Array.from({ length: 101 }, (_, at) => at),
    (key) => Promise.resolve(key),
    take,
  )
  await eachBatch([], (key: number) => Promise.resolve(key), take)
  expect(sizes).toEqual([100, 1])
})
