/**
 * Proof that `simulate` can see: `node tests/simulate/planted.ts [NAME…] [--seeds N]` finds each bug of `planted/` and of
 * `converge`.
 */
import { runPlanted } from '../support/planted-run.ts'

/** The first seed that shows it. A change of engine or simulation moves them: then they are looked for from 1 on. */
const FIRST_SEEDS: Readonly<Record<string, number>> = {
  'being-sent-is-withdrawn': 9,
  'intermediate-state-alone': 2,
  'late-get-overwrites': 3,
  'lost-answer-is-success': 3,
  'lost-answer-not-requeued': 3,
  'no-rekey': 307,
  'no-tombstone': 31,
  'old-representative': 1,
  'older-word-in-base': 92,
  'older-word-on-top': 397,
  'oldest-word-last': 1,
  'open-list-keeps-what-left': 7,
  'outbox-not-renamed': 307,
  'query-changes-obeyed': 5,
  'refusal-ignored': 1,
  'retry-after-ignored': 3,
  'rows-left-sending': 2,
  'sets-without-limit': 1,
  'state-after-query': 191,
  'stolen-lock-without-epoch': 32,
  'token-before-rows': 2,
  'unknown-updated-ignored': 185,
}

runPlanted({
  cli: 'tests/simulate/cli.ts',
  copied: ['tests/converge', 'tests/simulate'],
  patches: ['tests/simulate/planted', 'tests/converge/planted'],
  seeds: 200,
  firstSeeds: FIRST_SEEDS,
  mayMiss: 1,
})
