import { expect, it, vi } from 'vitest'
import { KeptHere, keepPolicy } from './kept-here.svelte.ts'
import type { AccountPort, Kept, KeepRequest } from '../sync/engine-port.ts'

const none = { count: 0, bytes: 0 }
const kept: Kept = { rows: none, letters: none, files: none }

/** An engine that answers when it is told to. */
function heldPort(): { port: AccountPort; asked: KeepRequest[]; answer: () => Promise<void> } {
  const asked: KeepRequest[] = []
  const waiting: (() => void)[] = []
  const keep = (request: KeepRequest): Promise<Kept> => {
    asked.push(request)
    return new Promise((resolve) => waiting.push(() => resolve(kept)))
  }
  const port = { status: { backfill: 0 }, onStatus: () => () => undefined, keep } as unknown as AccountPort
  const answer = async (): Promise<void> => {
    waiting.shift()?.()
    await vi.waitFor(() => expect(waiting.length).toBeLessThan(2))
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { port, asked, answer }
}

it('tells the engine of a second choice once the first was heard', async () => {
  const { port, asked, answer } = heldPort()
  const here = new KeptHere(port, undefined)
  here.follow(keepPolicy('recent', 1000))
  here.follow(keepPolicy('all', 1000))
  await Promise.resolve()
  expect(asked).toEqual([{ policy: { days: 90, files: 1000 } }])
  await answer()
  expect(asked.at(-1)).toEqual({ policy: { days: Infinity, files: 1000 } })
  await answer()
  expect(here.kept).toEqual(kept)
  expect(asked).toHaveLength(2)
})

it('counts once more for all who asked meanwhile', async () => {
  const { port, asked, answer } = heldPort()
  const here = new KeptHere(port, undefined)
  void here.ask({ now: true })
  void here.ask({})
  void here.ask({})
  await answer()
  await answer()
  expect(asked).toEqual([{ now: true }, {}])
})
