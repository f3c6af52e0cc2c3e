import { expect, test } from 'vitest'
import { classifySetError } from './classify-set-error.ts'

test.each([
  ['serverUnavailable', 1, 'retry'],
  ['serverPartialFail', 5, 'retry'],
  ['rateLimit', 3, 'retry'],
  ['stateMismatch', 1, 'retry'],
  ['serverFail', 1, 'retry'],
  ['serverFail', 2, 'fail'],
  ['notFound', 1, 'drop'],
  ['forbidden', 1, 'fail'],
  ['accountReadOnly', 1, 'fail'],
  ['overQuota', 1, 'fail'],
  ['tooLarge', 1, 'fail'],
  ['tooManyKeywords', 1, 'fail'],
  ['invalidPatch', 1, 'fail'],
  ['invalidProperties', 1, 'fail'],
  ['unknownMethod', 1, 'fail'],
  ['an error of next year', 1, 'fail'],
] as const)('%s at attempt %d: %s', (type, attempts, verdict) => {
  expect(classifySetError(type, attempts)).toBe(verdict)
})
