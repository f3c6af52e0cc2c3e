import type { PullOutcome } from './pull-changes.ts'

/** What several pulls in a row have brought. */
export function joined(pulls: readonly PullOutcome[]): PullOutcome {
  const last = pulls.at(-1) as PullOutcome
  return {
    ...last,
    hasCreated: pulls.some(({ hasCreated }) => hasCreated),
    hasChanged: pulls.some(({ hasChanged }) => hasChanged),
    skipped: pulls.flatMap(({ skipped }) => skipped),
    staleLists: pulls.flatMap(({ staleLists }) => staleLists),
  }
}
