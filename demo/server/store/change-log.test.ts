import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeLog } from './change-log.ts'
import type { ChangeKind } from './change-log.ts'

function logged(...entries: readonly (readonly [id: string, kind: ChangeKind])[]): ChangeLog {
  const log = new ChangeLog()
  for (const [id, kind] of entries) {
    log.record('Email', id, kind)
    log.seal()
  }
  return log
}

describe('ChangeLog', () => {
  it('leaves out what was created and destroyed in the range', () => {
    const changes = logged(['a', 'created'], ['a', 'updated'], ['a', 'destroyed']).changes('Email', 0)
    expect(changes).toMatchObject({ created: [], updated: [], destroyed: [] })
  })

  it('lists created then updated as created, updated then destroyed as destroyed', () => {
    const log = logged(['a', 'created'], ['b', 'created'], ['c', 'created'], ['c', 'updated'], ['b', 'updated'])
    log.record('Email', 'a', 'destroyed')
    log.seal()
    expect(log.changes('Email', 2)).toMatchObject({ created: ['c'], updated: ['b'], destroyed: ['a'] })
  })

  it('lists what went and came back under the same id as updated', () => {
    const log = logged(['a', 'created'], ['a', 'destroyed'], ['a', 'created'])
    expect(log.changes('Email', 1)).toMatchObject({ created: [], updated: ['a'], destroyed: [] })
  })

  it('gives types that changed in one commit the same state', () => {
    const log = new ChangeLog()
    log.record('Email', 'a', 'created')
    log.record('Mailbox', 'm', 'updated', true)
    log.seal()
    expect(log.state('Email')).toBe(log.state('Mailbox'))
    expect(log.changes('Email', log.state('Email'))).toMatchObject({ created: [], hasMoreChanges: false })
  })

  it('refuses states before it forgot, and keeps the current one', () => {
    const log = logged(['a', 'created'], ['b', 'created'])
    const before = log.state('Email')
    log.forget()
    expect(log.changes('Email', 1)).toBeNull()
    expect(log.changes('Email', before)).toMatchObject({ created: [], updated: [], destroyed: [] })
    log.record('Email', 'c', 'created')
    log.seal()
    expect(log.changes('Email', before)).toMatchObject({ created: ['c'] })
  })

  it('refuses a state from the future', () => {
    expect(logged(['a', 'created']).changes('Email', 99)).toBeNull()
  })

  it('pages to the same set of objects, whatever maxChanges is', () => {
    const step = fc.record({ id: fc.integer({ min: 0, max: 7 }), bulk: fc.boolean() })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (steps, cut, max) => {
          const log = new ChangeLog()
          const alive = new Set<string>()
          let known = new Set<string>()
          let since = 0
          for (const [index, { id, bulk }] of steps.entries()) {
            if (index === cut) {
              log.seal()
              since = log.state('Email')
              known = new Set(alive)
            }
            const name = `e${id}`
            const kind = !alive.has(name) ? 'created' : index % 3 === 0 ? 'destroyed' : 'updated'
            if (kind === 'created') alive.add(name)
            if (kind === 'destroyed') alive.delete(name)
            log.record('Email', name, kind)
            if (!bulk) log.seal()
          }
          log.seal()
          for (;;) {
            const page = log.changes('Email', since, max)
            if (!page) throw new Error('cannot calculate')
            expect(page.created.length + page.updated.length + page.destroyed.length).toBeLessThanOrEqual(max)
            for (const id of page.created) known.add(id)
            for (const id of page.destroyed) known.delete(id)
            expect(page.newState > since || !page.hasMoreChanges).toBe(true)
            since = page.newState
            if (!page.hasMoreChanges) break
          }
          expect(since).toBe(log.state('Email'))
          expect([...known].sort()).toEqual([...alive].sort())
        },
      ),
    )
  })
})
