/**
 * Proof that `simulate` can see: `node tests/simulate/planted.ts [NAME…] [--seeds N]` finds each bug of `planted/` and of
 * `converge`.
 */
import { runPlanted } from '../support/planted-run.ts'

/** The first seed that shows it. A change of engine or simulation moves them: then they are looked for from 1 on. */
const FIRST_SEEDS: Readonly<Record<string, number>> = {
  'being-sent-is-withdrawn': 8,
  'intermediate-state-alone': 5,
  'late-get-overwrites': 2,
  'lost-answer-is-success': 3,
  'lost-answer-not-requeued': 3,
  'no-rekey': 31,
  'no-tombstone': 55,
  'old-representative': 1,
  'older-word-in-base': 53,
  'older-word-on-top': 3,
  'oldest-word-last': 1,
  'open-list-keeps-what-left': 2,
  'outbox-not-renamed': 118,
  'query-changes-obeyed': 2,
  'refusal-ignored': 2,
  'retry-after-ignored': 5,
  'rows-left-sending': 2,
  'sets-without-limit': 1,
  'state-after-query': 2,
  'stolen-lock-without-epoch': 22,
  'token-before-rows': 5,
  'unknown-updated-ignored': 171,
}

runPlanted({
  cli: 'tests/simulate/cli.ts',
  copied: ['tests/converge', 'tests/simulate'],
  patches: ['tests/simulate/planted', 'tests/converge/planted'],
  seeds: 200,
  firstSeeds: FIRST_SEEDS,
  mayMiss: 1,
})
