/**
 * Where the reader goes when the open conversation is put away, as chosen for the account. Not in `settings-table.ts`: no
 * first row needs it.
 */
import type { Settings } from './settings.svelte.ts'

/** The name under which the account's settings hold it. */
export const AFTER_FILING = 'afterFiling'

export const afterFilingChoices = ['older', 'newer', 'list'] as const
export type AfterFiling = (typeof afterFilingChoices)[number]

export function afterFiling(settings: Pick<Settings, 'chosen'>, account: string): AfterFiling {
  const chosen = settings.chosen(account)[AFTER_FILING]
  return afterFilingChoices.find((choice) => choice === chosen) ?? 'older'
}

/**
 * To the older or the newer one, by the list that it was opened from, which still has it: from the list's end to the other
 * neighbour. Undefined: back to the list, as where it stands alone or in no list.
 */
export function stepAfter(
  choice: AfterFiling,
  position: number | undefined,
  total: number | undefined,
): 1 | -1 | undefined {
  if (choice === 'list' || position === undefined || (total ?? 0) < 2) return undefined
  if (choice === 'newer') return position > 0 ? -1 : 1
  return position + 1 < (total ?? 0) ? 1 : -1
}
