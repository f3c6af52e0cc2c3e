/** Signs out, and says what came of it. */
import { later as t } from '../../i18n/en/later.ts'
import type { Announce } from '../../state/contexts.ts'
import type { EnginePort, LoginId } from '../../sync/engine-port.ts'

export interface SignOutInput {
  readonly port: EnginePort
  readonly announce: Announce
  readonly login: LoginId
  /** What was not sent is given up. */
  readonly force: boolean
}

/** Answers how many actions were not sent, if that kept it from signing out. */
export async function signOut({ port, announce, login, force }: SignOutInput): Promise<number | undefined> {
  try {
    const outcome = await port.signOut(login, { force })
    if (outcome.kind === 'unsent') return outcome.rows
    announce(t.account.signedOut)
  } catch {
    announce(t.account.signOutFailed, 'assertive')
  }
  return undefined
}
