/** Where mail is to go, until when it is to sleep, or which labels it is to have: what the command says, or what the reader picks. */
import { filing as t } from '../../i18n/en/filing.ts'
import { isMuted } from '../../mail/muted.ts'
import type { RowMessage } from '../../mail/list.ts'
import type { Services } from '../../state/contexts.ts'
import type { Asked, Filing } from '../../state/file-away.ts'
import type { PickInput } from '../mailbox/picker/pick-mailbox.ts'
import type { LabelInput } from './labels/pick-labels.ts'

export interface AskedOf
  extends
    Omit<PickInput, 'isCopy'>,
    Pick<Services, 'announce' | 'clock' | 'markPainted' | 'settings' | 'undo'>,
    Pick<LabelInput, 'list'> {
  /** Of several conversations each by itself. */
  readonly targets?: LabelInput['targets']
  /** What is said of it, where that is not `what`. */
  readonly said?: string
}

/** The messages are those that were given, or, where time has passed, what they are now. */
export interface Meant {
  readonly filing: Filing
  readonly messages: readonly RowMessage[]
}

/** Undefined: nothing is to be done, or it is done. */
export async function askTarget(asked: Asked, input: AskedOf): Promise<Meant | undefined> {
  if (asked === 'mute') return { filing: muteOrUnmute(input), messages: input.messages }
  if (asked !== 'move' && asked !== 'copy' && asked !== 'label' && asked !== 'snooze')
    return { filing: asked, messages: input.messages }
  try {
    if (asked === 'label') {
      const { pickLabels } = await import('./labels/pick-labels.ts')
      await pickLabels({ said: input.what, targets: [wholeOf(input)], ...input })
      return undefined
    }
    if (asked === 'snooze') {
      const { pickTime } = await import('./snooze/pick-time.ts')
      return await pickTime(input)
    }
    const { pickMailbox } = await import('../mailbox/picker/pick-mailbox.ts')
    return await pickMailbox({ ...input, isCopy: asked === 'copy' })
  } catch {
    input.announce(t.pickFailed, 'assertive')
    return undefined
  }
}

/** Mutes, unless all of them are. */
function muteOrUnmute(input: AskedOf): 'mute' | 'unmute' {
  return (input.targets ?? [wholeOf(input)]).every(({ messages }) => isMuted(messages)) ? 'unmute' : 'mute'
}

/** One conversation: its newest message stands for it, in the mailbox that it was opened from. */
function wholeOf({ messages, from }: AskedOf): LabelInput['targets'][number] {
  const here = messages.filter(({ mailboxIds }) => from !== undefined && Object.hasOwn(mailboxIds, from))
  return { messages, standing: (here.at(-1) ?? messages.at(-1))?.id }
}
