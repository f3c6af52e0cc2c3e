/** Where mail is to go: what the command says, or what the reader picks. */
import { filing as t } from '../../i18n/en/filing.ts'
import type { RowMessage } from '../../mail/list.ts'
import type { Announce } from '../../state/contexts.ts'
import type { Asked, Filing } from '../../state/file-away.ts'
import type { PickInput } from '../mailbox/picker/pick-mailbox.ts'

export interface AskedOf extends Omit<PickInput, 'isCopy'> {
  readonly announce: Announce
}

/** The messages are those that were given, or, where time has passed, what they are now. */
export interface Meant {
  readonly filing: Filing
  readonly messages: readonly RowMessage[]
}

/** Undefined: nothing is to be done. */
export async function askTarget(asked: Asked, input: AskedOf): Promise<Meant | undefined> {
  if (asked !== 'move' && asked !== 'copy') return { filing: asked, messages: input.messages }
  try {
    const { pickMailbox } = await import('../mailbox/picker/pick-mailbox.ts')
    return await pickMailbox({ ...input, isCopy: asked === 'copy' })
  } catch {
    input.announce(t.pickFailed, 'assertive')
    return undefined
  }
}
