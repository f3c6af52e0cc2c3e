/** What the reader chose for mailboxes to be painted in: fetched with the first account that has such a choice. */
import { labelColours, labelHues, type LabelColour } from '../mail/labels.ts'
import { MAILBOXES_SETTING } from './mailbox-settings.ts'
import type { Settings } from './settings.svelte.ts'

/** Without trusting what is stored. */
export function mailboxColours(settings: Pick<Settings, 'chosen'>, account: string): ReadonlyMap<string, LabelColour> {
  const stored = Object.entries(Object(settings.chosen(account)[MAILBOXES_SETTING]) as object)
  return new Map(
    stored.flatMap(([id, choice]) => {
      const { colour } = Object(choice) as Record<string, unknown>
      const known = labelColours.find((each) => each === colour)
      return known ? [[id, known] as const] : []
    }),
  )
}

/** What the icons of an account's mailboxes are painted in, where the reader chose it. */
export function mailboxTints(settings: Pick<Settings, 'chosen'>, account: string): ReadonlyMap<string, string> {
  const paint = (colour: LabelColour): string =>
    `oklch(var(--tint-dot-l) var(--tint-dot-c) ${String(labelHues[colour])})`
  return new Map([...mailboxColours(settings, account)].map(([id, colour]) => [id, paint(colour)]))
}
