import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSseParser, SseOverflowError } from './sse-parser.ts'
import type { ServerSentEvent } from './sse-parser.ts'

const encoder = new TextEncoder()

function parse(...chunks: (string | Uint8Array)[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = []
  const push = createSseParser((event) => events.push(event))
  for (const chunk of chunks) push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
  return events
}

const state = { event: 'state', data: '{"a":"ü"}' }

test.each<[string, string[], ServerSentEvent[]]>([
  ['LF', ['event: state\ndata: {"a":"ü"}\n\n'], [state]],
  ['CRLF', ['event: state\r\ndata: {"a":"ü"}\r\n\r\n'], [state]],
  ['CR', ['event: state\rdata: {"a":"ü"}\r\r'], [state]],
  ['CRLF cut in two', ['event: state\r', '\ndata: {"a":"ü"}\r', '\n\r', '\n'], [state]],
  ['a byte order mark', ['\ufeffevent: state\ndata: {"a":"ü"}\n\n'], [state]],
  ['no space after the colon', ['event:state\ndata:{"a":"ü"}\n\n'], [state]],
  ['comments and unknown fields', [':hello\nid: 7\nretry: 1\nevent: state\ndata: {"a":"ü"}\n\n'], [state]],
  ['several data lines', ['data: a\ndata: b\n\n'], [{ event: 'message', data: 'a\nb' }]],
  ['an empty data line', ['data\n\n'], [{ event: 'message', data: '' }]],
  ['an event without data', ['event: ping\n\n'], []],
  ['no blank line yet', ['data: a\n'], []],
])('%s', (_name, chunks, expected) => {
  expect(parse(...chunks)).toEqual(expected)
})

test('the same events wherever the chunks are cut, in the middle of a character too', () => {
  const text = '\ufeff: x\r\nevent: state\r\ndata: {"ä":"😀"}\r\n\r\ndata: 1\rdata: 2\r\revent: ping\ndata: {}\n\n'
  const bytes = encoder.encode(text)
  const whole = parse(bytes)
  expect(whole).toHaveLength(3)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), (cuts) => {
      const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      const chunks = borders.slice(1).map((end, index) => bytes.slice(borders[index], end))
      expect(parse(...chunks)).toEqual(whole)
    }),
  )
})

test('a line or an event without end is given up', () => {
  expect(() => parse(...Array.from({ length: 12 }, () => 'x'.repeat(100_000)))).toThrow(SseOverflowError)
  expect(() => parse(...Array.from({ length: 12 }, () => `data: ${'x'.repeat(100_000)}\n`))).toThrow(SseOverflowError)
})
