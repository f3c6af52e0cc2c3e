import { describe, expect, it } from 'vitest'
import { fakeLocks } from '../../tests/support/fake-locks.ts'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { Leadership, PING_TIMEOUT_MS } from './leader.ts'

function tab(locks = fakeLocks(), clock = new ManualClock()) {
  const log: string[] = []
  const leadership = new Leadership({
    locks,
    clock,
    login: 'l',
    events: {
      onLead: (signal) => {
        log.push('lead')
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            log.push('end')
            resolve()
          })
        })
      },
    },
  })
  return { leadership, log, locks, clock }
}

describe('who leads', () => {
  it('is the first tab; the second waits and takes over when the first leaves', async () => {
    const first = tab()
    const second = tab(first.locks, first.clock)
    first.leadership.join()
    second.leadership.join()
    await settle()
    expect([first.leadership.isLeading, second.leadership.isLeading]).toEqual([true, false])
    first.leadership.leave()
    await settle()
    expect([first.leadership.isLeading, second.leadership.isLeading]).toEqual([false, true])
    expect(first.log).toEqual(['lead', 'end'])
  })

  it('is nobody who gave up its place in the moment in which it was granted', async () => {
    const first = tab()
    const second = tab(first.locks, first.clock)
    first.leadership.join()
    second.leadership.join()
    first.leadership.leave()
    await settle()
    expect([first.leadership.isLeading, second.leadership.isLeading]).toEqual([false, true])
    expect(first.log).toEqual([])
  })

  it('is stolen from a tab that does not answer a ping, and that tab waits again when it wakes', async () => {
    const stopped = tab()
    const visible = tab(stopped.locks, stopped.clock)
    stopped.leadership.join()
    visible.leadership.join()
    await settle()
    visible.leadership.didPing()
    await stopped.clock.advance(PING_TIMEOUT_MS)
    expect(visible.leadership.isLeading).toBe(true)
    expect(stopped.log).toEqual(['lead', 'end'])
    visible.leadership.leave()
    await settle()
    expect(stopped.leadership.isLeading).toBe(true)
  })

  it('stays when the pong comes in time', async () => {
    const leader = tab()
    const visible = tab(leader.locks, leader.clock)
    leader.leadership.join()
    visible.leadership.join()
    await settle()
    visible.leadership.didPing()
    await leader.clock.advance(PING_TIMEOUT_MS - 1)
    visible.leadership.didPong()
    await leader.clock.advance(PING_TIMEOUT_MS)
    expect(leader.leadership.isLeading).toBe(true)
    expect(visible.leadership.isLeading).toBe(false)
  })

  it('is every tab where there are no Web Locks', async () => {
    const { leadership } = tab(undefined)
    const alone = new Leadership({
      locks: undefined,
      clock: new ManualClock(),
      login: 'l',
      events: { onLead: () => new Promise(() => undefined) },
    })
    alone.join()
    await settle()
    expect(alone.isLeading).toBe(true)
    expect(leadership.isLeading).toBe(false)
  })

  it('leaving while waiting gives up the place in the queue', async () => {
    const leader = tab()
    const waiting = tab(leader.locks, leader.clock)
    const third = tab(leader.locks, leader.clock)
    leader.leadership.join()
    waiting.leadership.join()
    third.leadership.join()
    await settle()
    waiting.leadership.leave()
    leader.leadership.leave()
    await settle()
    expect([waiting.leadership.isLeading, third.leadership.isLeading]).toEqual([false, true])
  })
})
