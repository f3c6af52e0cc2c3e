/** The sentence for a sign-in that failed. There are many of them, and most sign-ins need none: they come when one does. */
import { t } from '../../i18n/text.ts'
import type { SignInOutcome } from '../../auth/outcomes.ts'
import type { SignInProblem } from './sign-in-words.ts'

/** Undefined for the outcomes that are no problem. */
export async function explainSignIn(outcome: SignInOutcome): Promise<SignInProblem | undefined> {
  if (outcome.kind === 'signedIn' || outcome.kind === 'codeNeeded') return undefined
  try {
    const { signInProblem } = await import('./sign-in-words.ts')
    return signInProblem(outcome)
  } catch {
    // No network, most likely; then the server was not reached either.
    return { field: null, text: t.signIn.failed }
  }
}
