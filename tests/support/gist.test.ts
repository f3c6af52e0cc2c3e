import { expect, test } from 'vitest'
import { gistOf } from './gist.ts'

test('the first failure with its reason, then the names of all', () => {
  const passed = Array.from({ length: 400 }, (_, at) => `  ✓  ${String(at)} a.spec.ts:1:1 › passes (1.0s)`)
  const output = [
    ...passed,
    '',
    '  1) b.spec.ts:8:3 › loses a key ───',
    '    Error: expected 1, received 0',
    'x'.repeat(5_000),
    '  2) c.spec.ts:9:3 › another ───',
  ].join('\n')
  const gist = gistOf(output)
  expect(gist).toContain('expected 1, received 0')
  expect(gist).toContain('c.spec.ts:9:3 › another')
  expect(gist).not.toContain('passes')
  expect(gist.length).toBeLessThan(2_000)
})

test('the end, where nothing names a failure', () => {
  expect(gistOf(`${'y'.repeat(5_000)}\nout of memory`)).toMatch(/out of memory$/u)
})
