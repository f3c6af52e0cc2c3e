import { describe, expect, it } from 'vitest'
import { afterFiling, stepAfter } from './after-filing.ts'

describe('after the open conversation was put away', () => {
  it.each([
    ['older', 0, 3, 1],
    ['older', 1, 3, 1],
    // the last one
    ['older', 2, 3, -1],
    ['newer', 2, 3, -1],
    ['newer', 1, 3, -1],
    // the first one
    ['newer', 0, 3, 1],
    ['list', 1, 3, undefined],
    // alone, in no list, or in one that is not counted yet
    ['older', 0, 1, undefined],
    ['newer', 0, 1, undefined],
    ['older', undefined, 3, undefined],
    ['newer', 1, undefined, undefined],
  ] as const)('%s, from %j of %j: %j', (choice, position, total, step) => {
    expect(stepAfter(choice, position, total)).toBe(step)
  })

  it('is what the account chose, and the older one where nothing that is known was', () => {
    const settings = {
      chosen: (account: string | undefined) => ({ afterFiling: { a: 'newer', b: 'list', c: 'up' }[account ?? ''] }),
    }
    expect(['a', 'b', 'c', 'd'].map((account) => afterFiling(settings, account))).toEqual([
      'newer',
      'list',
      'older',
      'older',
    ])
  })
})
