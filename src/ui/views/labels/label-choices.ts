/** What a picker of labels offers, and which of them a reader who types means. */
import { keywordFor } from '../../../mail/labels.ts'
import { foldText } from '../../../mail/search-query.ts'
import type { LabelState } from '../../../state/change-labels.ts'
import type { ShownLabel } from '../../../state/labels.ts'

export interface LabelOption extends ShownLabel {
  readonly state: LabelState
  /** It is not there yet, and is made by ticking it. */
  readonly isNew?: true
}

/** Those that have what was typed in their names; and one to be made under that name, where none is called so. */
export function findLabels(
  options: readonly LabelOption[],
  typed: string,
  newLabel: (key: string, name: string) => ShownLabel,
): readonly LabelOption[] {
  const name = typed.trim()
  const words = foldText(name).split(' ')
  const found = options.filter((option) => words.every((word) => foldText(option.name).includes(word)))
  const key = keywordFor(name)
  const isThere = options.some((option) => option.key === key || option.name.toLowerCase() === name.toLowerCase())
  return key === '' || isThere ? found : [...found, { ...newLabel(key, name), state: 'none', isNew: true }]
}
