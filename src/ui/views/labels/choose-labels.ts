/** Shows the picker of labels, over whatever is on the screen, and keeps the names of those that are made there. */
import { mount } from 'svelte'
import { labelPicker as t } from '../../../i18n/en/label-picker.ts'
import { nameInKeyword } from '../../../mail/labels.ts'
import { knownLabelKeys } from '../../../state/known-labels.ts'
import { labelChoices, shownLabel } from '../../../state/labels.ts'
import { saveLabel } from '../../../state/save-setting.ts'
import LabelDoor from './LabelDoor.svelte'
import type { LabelState } from '../../../state/change-labels.ts'
import type { ShownLabel } from '../../../state/labels.ts'
import type { Email } from '../../../jmap/types.ts'
import type { Services } from '../../../state/contexts.ts'
import type { OpenAccount } from '../../../state/open-account.ts'

interface Asked extends Pick<Services, 'clock' | 'settings'> {
  readonly account: OpenAccount
  /** "2 conversations", in the title. */
  readonly what: string
  readonly messages: readonly Pick<Email, 'keywords'>[]
  /** On how many of what is meant a label is. */
  readonly stateOf: (key: string) => LabelState
}

export type LabelTick = ShownLabel & { readonly value: boolean }

/** The one that is open: a key that is pressed twice asks once. */
let isOpen = false

/** What was ticked (true) and unticked; nothing, where the reader wants none of it. */
export async function chooseLabels(input: Asked): Promise<readonly LabelTick[]> {
  if (isOpen) return []
  isOpen = true
  try {
    const changes = await choose(input)
    for (const change of changes) keepName(input, change)
    return changes
  } finally {
    isOpen = false
  }
}

/** In what is said once it is done. */
export function labelWords(changes: readonly LabelTick[]): (what: string) => string {
  const [first] = changes
  if (changes.length !== 1 || !first) return t.changed
  return (what) => (first.value ? t.put : t.taken)(what, first.name)
}

function keepName({ account, clock, settings }: Asked, { key, name, value }: LabelTick): void {
  const isNamed = labelChoices(settings, account.info.key).has(key)
  if (!value || isNamed || key.startsWith('$')) return
  const choice = name === nameInKeyword(key) ? {} : { name }
  saveLabel(settings, account, { key, choice }, clock.now())
}

async function choose({ account, settings, what, messages, stateOf }: Asked): Promise<readonly LabelTick[]> {
  const choices = labelChoices(settings, account.info.key)
  const keys = await knownLabelKeys(account.replica, choices, messages)
  const options = keys.flatMap((key) => {
    const state = stateOf(key)
    const label = shownLabel(key, choices)
    // Hidden ones, and Apple's flag colours, which are Apple's to set, can only be taken off.
    const isOffered = state !== 'none' || (!label.isHidden && !key.startsWith('$mailflag:'))
    return isOffered ? [{ ...label, state }] : []
  })
  const newLabel = (key: string, name: string): ShownLabel => ({ ...shownLabel(key, choices), name })
  return new Promise((onDone) => {
    mount(LabelDoor, { target: document.body, props: { title: t.title(what), options, newLabel, onDone } })
  })
}
