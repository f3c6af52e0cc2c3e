import type { Mutation } from '../../src/mutations/mutation.ts'
import { Bed, destroy, makeMailbox, move, setKeyword } from './bed.ts'
import { atMost, type Check, type Figure } from './check.ts'

const ACTIONS = 200

export const R9: Check = { name: 'R9', about: 'stateMismatch on every first /set', inProcess: run }

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ messages: 60 })
  const { server, line } = bed
  let rounds = 0
  for (let count = 0; count < ACTIONS; count += 1) {
    const mutation = await anAction(bed, count)
    const method = mutation.type === 'createMailbox' ? 'Mailbox/set' : 'Email/set'
    const mend = server.faults.add({ match: { method, nth: 1 }, do: { kind: 'methodError', type: 'stateMismatch' } })
    const before = line.sent.length
    await bed.act(mutation)
    await bed.quiet()
    mend()
    const sets = line.sent.slice(before).filter(({ calls }) => calls.some(([name]) => name === method))
    rounds = Math.max(rounds, sets.length)
  }
  const [lost, diverged, failed] = [await bed.lost(), await bed.diverged(), await bed.failed()]
  bed.close()
  return [
    atMost('rounds', rounds, 3, `${String(ACTIONS)} actions`),
    atMost('errors shown', failed.length + bed.told.length, 0),
    atMost('lost', lost.length, 0, lost[0]),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}

async function anAction(bed: Bed, count: number): Promise<Mutation> {
  const { dice } = bed
  const emails = await bed.known()
  const chosen = [dice.pick(emails), dice.pick(emails)].flatMap((email) => email ?? [])
  const from = bed.mailboxId('inbox')
  if (count % 40 === 39) return destroy(chosen.slice(0, 1))
  if (count % 20 === 19) return makeMailbox(count)
  return dice.chance(0.5)
    ? setKeyword(chosen, '$flagged', dice.chance(0.5))
    : move(chosen, from, bed.mailboxId(dice.chance(0.5) ? 'archive' : 'trash'))
}
