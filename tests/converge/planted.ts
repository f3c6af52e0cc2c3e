/** Proof that `converge` can see: `node tests/converge/planted.ts [NAME…] [--seeds N]` finds each bug of `planted/`. */
import { runPlanted } from '../support/planted-run.ts'

runPlanted({
  cli: 'tests/converge/cli.ts',
  copied: ['tests/converge'],
  patches: ['tests/converge/planted'],
  seeds: 1000,
  mayMiss: 0,
})
