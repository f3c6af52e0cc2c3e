import { describe, expect, it } from 'vitest'
import { isAnswered, isPull, pulledBy } from './pull-decision.ts'
import type { AccountStatus } from '../../../sync/engine-port.ts'

describe('a finger at the top of a list', () => {
  it('pulls where it goes down, more than to the side', () => {
    expect(isPull(0, 11)).toBeUndefined()
    expect(isPull(8, 12)).toBe(true)
    expect(isPull(14, 13)).toBe(false)
    expect(isPull(0, -12)).toBe(false)
  })

  it('brings the sign down by half of its way, and not for ever', () => {
    expect(pulledBy(5)).toBe(0)
    expect(pulledBy(112)).toBe(50)
    expect(pulledBy(700)).toBe(80)
  })
})

describe('what was asked for', () => {
  const status = (phase: AccountStatus['phase'], syncedAt?: number): AccountStatus => {
    return { phase, outbox: 0, failed: 0, backfill: 100, ...(syncedAt === undefined ? {} : { syncedAt }) }
  }
  const asked = (before: AccountStatus, waitedMs = 0, hasBegun = false) => ({ before, hasBegun, waitedMs })

  it('is here when a pull was stored and nothing is pending', () => {
    expect(isAnswered(asked(status('ready', 1)), status('ready', 1))).toBe(false)
    expect(isAnswered(asked(status('ready', 1)), status('syncing', 2))).toBe(false)
    expect(isAnswered(asked(status('ready', 1)), status('ready', 2))).toBe(true)
  })

  it('does not come when the network goes, or something else is wrong', () => {
    expect(isAnswered(asked(status('ready', 1)), status('offline', 1))).toBe(true)
    expect(isAnswered(asked(status('syncing', 1)), status('error', 1))).toBe(true)
  })

  it('offline before, the server has its time; an attempt that was seen ends at once', () => {
    expect(isAnswered(asked(status('offline', 1), 500), status('offline', 1))).toBe(false)
    expect(isAnswered(asked(status('offline', 1), 4000), status('offline', 1))).toBe(true)
    expect(isAnswered(asked(status('offline', 1), 500, true), status('offline', 1))).toBe(true)
    expect(isAnswered(asked(status('offline', 1), 500), status('ready', 2))).toBe(true)
  })

  it('is given up where nothing is heard of it', () => {
    expect(isAnswered(asked(status('ready', 1), 15_000), status('ready', 1))).toBe(true)
    expect(isAnswered(asked(status('ready', 1), 60_000, true), status('syncing', 1))).toBe(false)
  })
})
