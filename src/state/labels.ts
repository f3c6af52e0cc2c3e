/** Labels as the reader sees them: by the names and colours of the account, which its settings on this device hold. */
import { labels as t } from '../i18n/en/labels.ts'
import { stripBidi } from '../mail/addresses.ts'
import {
  allLabelKeys,
  appleColourOf,
  labelHues,
  labelOf,
  nameInKeyword,
  readLabelChoices,
  type Label,
  type LabelChoices,
} from '../mail/labels.ts'
import type { Email } from '../jmap/types.ts'
import type { Settings } from './settings.svelte.ts'

/** The name under which an account's settings hold them. */
export const LABELS_SETTING = 'labels'

export interface ShownLabel {
  readonly key: string
  readonly name: string
  /** Null: grey. */
  readonly hue: number | null
}

export function labelChoices(settings: Pick<Settings, 'chosen'>, accountKey: string): LabelChoices {
  return readLabelChoices(settings.chosen(accountKey)[LABELS_SETTING])
}

/** Of these messages together, but for those that the reader hides. */
export function shownLabels(
  messages: readonly Pick<Email, 'keywords'>[],
  choices: LabelChoices,
): readonly ShownLabel[] {
  return allLabelKeys(messages)
    .map((key) => shownLabel(key, choices))
    .filter(({ isHidden }) => !isHidden)
}

export function shownLabel(key: string, choices: LabelChoices): ShownLabel & { readonly isHidden: boolean } {
  const label = labelOf(key, choices)
  return { key, name: labelName(label), hue: label.colour && labelHues[label.colour], isHidden: label.isHidden }
}

/** As the reader calls it; else our word for one that is known, or what its keyword says. */
function labelName({ key, name }: Label): string {
  const apple = appleColourOf(key)
  return stripBidi(name ?? (apple && t.apple[apple]) ?? t.names[key] ?? nameInKeyword(key))
}
