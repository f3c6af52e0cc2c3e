import { expect, it } from 'vitest'
import { swipeChoice } from './swipe-choice.ts'

const chosen = (values: Record<string, unknown>) => ({ chosen: () => values })

it('archives toward the start and marks as read toward the end until the reader chooses', () => {
  expect(swipeChoice(chosen({}), 'k.a', 'start')).toBe('archive')
  expect(swipeChoice(chosen({}), 'k.a', 'end')).toBe('read')
})

it('is chosen for each side and account, and what this version does not know counts as nothing chosen', () => {
  const settings = {
    chosen: (account: string | undefined) => (account === 'k.a' ? { swipeStart: 'delete', swipeEnd: 'forward' } : {}),
  }
  expect(swipeChoice(settings, 'k.a', 'start')).toBe('delete')
  expect(swipeChoice(settings, 'k.a', 'end')).toBe('read')
  expect(swipeChoice(settings, 'k.b', 'start')).toBe('archive')
})
