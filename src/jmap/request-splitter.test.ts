import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JmapError } from './errors.ts'
import { splitRequest } from './request-splitter.ts'
import type { Invocation } from './types.ts'

const urn = (name: string): string => `urn:ietf:params:jmap:${name}`
const offered = new Set([urn('core'), urn('mail')])
const limits = (
  maxCallsInRequest: number,
  maxSizeRequest = 1e6,
): { maxCallsInRequest: number; maxSizeRequest: number } => ({
  maxCallsInRequest,
  maxSizeRequest,
})
const ids = (calls: readonly Invocation[]): string[] => calls.map(([, , id]) => id)
const ref = (resultOf: string): Record<string, unknown> => ({ '#ids': { resultOf, name: 'Email/query', path: '/ids' } })

test('what fits stays whole', () => {
  const calls: Invocation[] = [
    ['Mailbox/get', {}, 'a'],
    ['Email/get', {}, 'b'],
  ]
  const parts = splitRequest(calls, limits(2), offered)
  expect(parts).toHaveLength(1)
  expect(JSON.parse(parts[0]!.body)).toEqual({ using: [urn('core'), urn('mail')], methodCalls: calls })
})

test('using names what each part needs and the session offers', () => {
  const calls: Invocation[] = [
    ['Core/echo', {}, 'a'],
    ['Identity/get', {}, 'b'],
    ['Email/get', {}, 'c'],
  ]
  const using = splitRequest(calls, limits(1), offered).map(
    ({ body }) => (JSON.parse(body) as { using: string[] }).using,
  )
  expect(using).toEqual([[urn('core')], [urn('core')], [urn('core'), urn('mail')]])
})

describe('a chain is not cut', () => {
  test('by result reference', () => {
    const calls: Invocation[] = [
      ['Email/query', {}, 'a'],
      ['Email/query', {}, 'q'],
      ['Email/get', ref('q'), 'g'],
      ['Core/echo', {}, 'z'],
    ]
    expect(splitRequest(calls, limits(2), offered).map((part) => ids(part.calls))).toEqual([['a'], ['q', 'g'], ['z']])
  })

  test('by creation id, in a value or as a key', () => {
    const calls: Invocation[] = [
      ['Core/echo', {}, 'a'],
      ['Email/set', { create: { d: {} } }, 'e'],
      ['EmailSubmission/set', { create: { s: { emailId: '#d' } }, onSuccessUpdateEmail: { '#s': {} } }, 's'],
    ]
    expect(splitRequest(calls, limits(2), offered).map((part) => ids(part.calls))).toEqual([['a'], ['e', 's']])
  })

  test('and too long a chain is refused here', () => {
    const calls: Invocation[] = [
      ['Email/query', {}, 'q'],
      ['Email/get', ref('q'), 'g'],
    ]
    expect(() => splitRequest(calls, limits(1), offered)).toThrow(JmapError)
  })
})

test('no part passes a limit, every call is there once and in order, every reference has its target', () => {
  const call = fc.record({ back: fc.integer({ min: 0, max: 4 }), text: fc.string({ unit: 'grapheme', maxLength: 60 }) })
  fc.assert(
    fc.property(
      fc.array(call, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 150, max: 2000 }),
      (specs, maxCalls, maxSize) => {
        const calls = specs.map(({ back, text }, index): Invocation => {
          const target = index - back
          return ['Email/get', { text, ...(back > 0 && target >= 0 ? ref(`c${target}`) : {}) }, `c${index}`]
        })
        let parts: ReturnType<typeof splitRequest>
        try {
          parts = splitRequest(calls, limits(maxCalls, maxSize), offered)
        } catch (error) {
          expect(error).toMatchObject({ kind: 'limit' })
          return
        }
        expect(parts.flatMap((part) => ids(part.calls))).toEqual(ids(calls))
        for (const part of parts) {
          expect(part.calls.length).toBeLessThanOrEqual(maxCalls)
          expect(Buffer.byteLength(part.body)).toBeLessThanOrEqual(maxSize)
          expect(part.size).toBe(Buffer.byteLength(part.body))
          expect((JSON.parse(part.body) as { methodCalls: unknown }).methodCalls).toEqual(
            JSON.parse(JSON.stringify(part.calls)),
          )
          for (const [, args] of part.calls) {
            const target = (args['#ids'] as { resultOf: string } | undefined)?.resultOf
            if (target !== undefined) expect(ids(part.calls)).toContain(target)
          }
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('independent calls are packed, not sent one by one', () => {
  const calls = Array.from({ length: 33 }, (_unused, index): Invocation => ['Core/echo', {}, String(index)])
  expect(splitRequest(calls, limits(16), offered).map((part) => part.calls.length)).toEqual([16, 16, 1])
})
