import { expect, it } from 'vitest'
import { swipeChoice } from './swipe-choice.ts'

const chosen = (values: Record<string, unknown>) => ({ chosen: () => values })

it('archives toward the start and marks as read toward the end until the reader chooses', () => {
  expect(swipeChoice(chosen({}), 'start')).toBe('archive')
  expect(swipeChoice(chosen({}), 'end')).toBe('read')
})

it('is chosen for each side, and what this version does not know counts as nothing chosen', () => {
  const settings = chosen({ swipeStart: 'delete', swipeEnd: 'snooze' })
  expect(swipeChoice(settings, 'start')).toBe('delete')
  expect(swipeChoice(settings, 'end')).toBe('read')
})
