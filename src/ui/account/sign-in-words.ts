/** Turns the outcome of a sign-in into the sentence for it, and the field it belongs to. */
import { signInProblems as words } from '../../i18n/en/sign-in-problems.ts'
import { passGate } from '../shared/pass-gate.ts'
import type { DiscoveryProblem, SignInOutcome } from '../../auth/outcomes.ts'

export type SignInField = 'username' | 'password' | 'code' | 'server'

export interface SignInProblem {
  /** Where it stands and what `aria-invalid` marks; null: nothing that was typed is wrong. */
  readonly field: SignInField | null
  readonly text: string
  /** What helps at once, as a button. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Undefined for the outcomes that are no problem. */
export function signInProblem(outcome: SignInOutcome): SignInProblem | undefined {
  switch (outcome.kind) {
    case 'signedIn':
    case 'codeNeeded':
      return undefined
    case 'refused':
      if (outcome.withCode) return { field: 'code', text: words.refusedCode }
      return { field: 'password', text: outcome.scheme === 'stalwart' ? words.refusedStalwart : words.refusedBasic }
    case 'appPasswordNeeded':
      return { field: 'password', text: words.appPassword }
    case 'locked':
      return { field: null, text: outcome.retryAfterMs ? words.lockedFor(outcome.retryAfterMs / 1000) : words.locked }
    case 'noMail':
      return { field: null, text: words.noMail }
    case 'noMethod':
      return { field: null, text: words.noMethod }
    case 'server':
      if (outcome.retryAfterMs) return { field: null, text: words.serverBusy(outcome.retryAfterMs / 1000) }
      return { field: null, text: outcome.status ? words.server5xx(outcome.status) : words.serverNone }
    case 'discovery':
      if (outcome.problem.kind === 'gate') {
        const action = { label: words.passGate, run: () => void passGate(window) }
        return { field: null, text: words.gate(hostOf(outcome.problem.url)), action }
      }
      return {
        field: outcome.problem.kind === 'insecureContext' ? null : 'server',
        text: discoveryWords(outcome.problem),
      }
  }
}

function discoveryWords(problem: Exclude<DiscoveryProblem, { kind: 'gate' }>): string {
  switch (problem.kind) {
    case 'unreachable':
      return problem.crossOrigin ? words.unreachableCross(hostOf(problem.url)) : words.unreachable(hostOf(problem.url))
    case 'notAllowed':
      return words.notAllowed(problem.origin)
    case 'notJmap':
      return problem.isHtml
        ? words.notJmapHtml(hostOf(problem.url))
        : words.notJmap(hostOf(problem.url), problem.status)
    case 'foreignUrl':
      return words.foreignUrl(problem.origin)
    case 'redirect':
      return words.redirect(hostOf(problem.url))
    case 'insecureContext':
      return words.insecure
  }
}

/** The host of a URL, or what was typed if it is none. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
