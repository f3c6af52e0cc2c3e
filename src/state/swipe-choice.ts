/**
 * What fingers do that pull a row aside, as the reader chose it for the row's account. Not in `settings-table.ts`: no first row
 * needs it, and a computer without a touch screen never does.
 */
import type { Settings } from './settings.svelte.ts'

/** Toward the start of its lines, and toward their end. */
export type SwipeSide = 'start' | 'end'

export const swipeChoices = ['archive', 'delete', 'read', 'flag', 'snooze', 'move', 'mute', 'none'] as const
export type SwipeChoice = (typeof swipeChoices)[number]

const names = { start: 'swipeStart', end: 'swipeEnd' } as const
const defaults: Readonly<Record<SwipeSide, SwipeChoice>> = { start: 'archive', end: 'read' }

/** The name under which the account's settings hold it. */
export function swipeName(side: SwipeSide): string {
  return names[side]
}

export function swipeChoice(settings: Pick<Settings, 'chosen'>, account: string, side: SwipeSide): SwipeChoice {
  const chosen = settings.chosen(account)[names[side]]
  return swipeChoices.find((choice) => choice === chosen) ?? defaults[side]
}
