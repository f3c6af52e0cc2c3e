import { describe, expect, test } from 'vitest'
import { fakeLocks } from '../../tests/support/fake-locks.ts'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { systemClock } from '../platform/clock.ts'
import { JmapError } from './errors.ts'
import { lockSlots } from './lock-slots.ts'
import { localSlots } from './request-slots.ts'
import type { RequestSlots } from './request-slots.ts'
import { RequestScheduler } from './scheduler.ts'

function setUp(maxConcurrent = 4, slots: RequestSlots = localSlots()) {
  const clock = new ManualClock()
  const scheduler = new RequestScheduler({
    clock,
    random: { next: () => 0.5, uuid: () => '' },
    slots,
    maxConcurrent: () => maxConcurrent,
  })
  const started: string[] = []
  const running = new Map<string, { resolve: () => void; reject: (error: unknown) => void }>()
  const task = (name: string) => (): Promise<void> => {
    started.push(name)
    return new Promise((resolve, reject) => running.set(name, { resolve, reject }))
  }
  return { clock, scheduler, started, running, task }
}

const concurrency = (): JmapError => new JmapError('busy', '', { status: 400, limit: 'maxConcurrentRequests' })

test('one less than the server allows is in flight', async () => {
  const { scheduler, started, running, task } = setUp(4)
  for (const name of ['a', 'b', 'c', 'd', 'e']) void scheduler.run({}, task(name))
  await settle()
  expect(started).toEqual(['a', 'b', 'c'])
  running.get('b')?.resolve()
  await settle()
  expect(started).toEqual(['a', 'b', 'c', 'd'])
})

test('a server that allows one still gets one', async () => {
  const { scheduler, started, task } = setUp(1)
  void scheduler.run({}, task('a'))
  void scheduler.run({}, task('b'))
  await settle()
  expect(started).toEqual(['a'])
})

test('visible work passes what waits', async () => {
  const { scheduler, started, running, task } = setUp(2)
  void scheduler.run({}, task('a'))
  void scheduler.run({ priority: 'background' }, task('b'))
  void scheduler.run({ priority: 'visible' }, task('c'))
  await settle()
  running.get('a')?.resolve()
  await settle()
  expect(started).toEqual(['a', 'c'])
})

test('an aborted one leaves the queue and never starts', async () => {
  const { scheduler, started, running, task } = setUp(2)
  const controller = new AbortController()
  void scheduler.run({}, task('a'))
  const waiting = scheduler.run({ signal: controller.signal }, task('b'))
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ kind: 'aborted' })
  running.get('a')?.resolve()
  await settle()
  expect(started).toEqual(['a'])
})

describe('Retry-After', () => {
  const busy = (retryAfterMs: number): JmapError => new JmapError('busy', '', { status: 429, retryAfterMs })

  test('of one request holds all others back', async () => {
    const { clock, scheduler, started, running, task } = setUp()
    const first = scheduler.run({}, task('a')).catch(() => undefined)
    await settle()
    running.get('a')?.reject(busy(4000))
    await first
    void scheduler.run({}, task('b'))
    await clock.advance(4499)
    expect(started).toEqual(['a'])
    await clock.advance(1)
    expect(started).toEqual(['a', 'b'])
  })

  test('that is over lets one ask, and the others once that was answered', async () => {
    const { clock, scheduler, started, running, task } = setUp()
    const first = scheduler.run({}, task('a')).catch(() => undefined)
    await settle()
    running.get('a')?.reject(busy(4000))
    await first
    for (const name of ['b', 'c', 'd']) void scheduler.run({}, task(name)).catch(() => undefined)
    await clock.advance(5000)
    expect(started).toEqual(['a', 'b'])
    running.get('b')?.reject(busy(4000))
    await clock.advance(5000)
    expect(started).toEqual(['a', 'b', 'c'])
    running.get('c')?.resolve()
    await settle()
    expect(started).toEqual(['a', 'b', 'c', 'd'])
  })

  test('that is long is told to the caller instead', async () => {
    const { scheduler, started, running, task } = setUp()
    const first = scheduler.run({}, task('a')).catch(() => undefined)
    await settle()
    running.get('a')?.reject(busy(60_000))
    await first
    await expect(scheduler.run({}, task('b'))).rejects.toMatchObject({ kind: 'busy', retryAfterMs: 60_500 })
    expect(started).toEqual(['a'])
  })
})

describe('a concurrency error', () => {
  test('halves what is in flight and is tried again', async () => {
    const { clock, scheduler, started, running, task } = setUp(9)
    const first = scheduler.run({}, task('a'))
    await settle()
    running.get('a')?.reject(concurrency())
    await settle()
    expect(scheduler.limit).toBe(4)
    await clock.advance(5000)
    expect(started).toEqual(['a', 'a'])
    running.get('a')?.resolve()
    await first
  })

  test('that stays is told after four tries', async () => {
    const { clock, scheduler } = setUp()
    let tries = 0
    const outcome = expect(
      scheduler.run({}, () => {
        tries += 1
        return Promise.reject(concurrency())
      }),
    ).rejects.toMatchObject({ kind: 'busy' })
    await clock.advance(60_000)
    await outcome
    expect(tries).toBe(4)
    expect(scheduler.limit).toBe(1)
  })

  test('is forgotten step by step', async () => {
    const { clock, scheduler } = setUp(9)
    await Promise.all([
      scheduler.run({}, () => Promise.reject(concurrency())).catch(() => undefined),
      clock.advance(60_000),
    ])
    expect(scheduler.limit).toBe(1)
    for (let good = 0; good < 20; good += 1) await scheduler.run({}, () => Promise.resolve())
    expect(scheduler.limit).toBe(2)
  })
})

test('two contexts with Web Locks share the slots of one login', async () => {
  const one = setUp(3, lockSlots(navigator.locks, 'shared', systemClock))
  const two = setUp(3, lockSlots(navigator.locks, 'shared', systemClock))
  const other = setUp(3, lockSlots(navigator.locks, 'other', systemClock))
  for (const name of ['a', 'b']) void one.scheduler.run({}, one.task(name))
  await settle()
  for (const name of ['c', 'd']) void two.scheduler.run({}, two.task(name))
  void other.scheduler.run({}, other.task('x'))
  await settle()
  expect([one.started, two.started, other.started]).toEqual([['a', 'b'], [], ['x']])
  one.running.get('a')?.resolve()
  one.running.get('b')?.resolve()
  await settle()
  expect(two.started.sort()).toEqual(['c', 'd'])
  for (const { running } of [two, other]) for (const { resolve } of running.values()) resolve()
})

test('a slot is taken from a tab that was stopped in the middle of a request', async () => {
  const clock = new ManualClock()
  const locks = fakeLocks()
  const stopped = lockSlots(locks, 'l', clock)
  await stopped.take(1)
  const taken = lockSlots(locks, 'l', clock).take(1)
  await clock.advance(9_999)
  expect(await Promise.race([taken.then(() => 'taken'), Promise.resolve('waits')])).toBe('waits')
  await clock.advance(1)
  expect(await taken).toBeTypeOf('function')
})
