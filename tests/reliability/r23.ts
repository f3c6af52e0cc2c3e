import { atMost, type Check, type Figure } from './check.ts'
import { Bed, destroy, move, setKeyword } from './bed.ts'

const OPERATIONS = 1_000

export const R23: Check = {
  name: 'R23',
  about: 'two devices, 1,000 operations on the same 120 messages',
  inProcess: run,
}

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ devices: 2, messages: 120, seed: 23 })
  const { dice, account, clock, devices, line } = bed
  /** The last word on each property, in the order in which the server took them; and what was deleted for ever. */
  const words = new Map<string, boolean>()
  const dead = new Set<string>()
  const blobs = new Map([...account.emails.values()].map(({ id, blobId }) => [id, blobId]))
  line.between = async (post, pass) => {
    const answer = await pass(post)
    if (!post.calls.some(([name]) => name === 'Email/set')) return answer
    const text = await answer.text()
    const told = JSON.parse(text) as { methodResponses: [string, Record<string, object | null>, string][] }
    for (const [name, args, id] of post.calls) {
      const result = name === 'Email/set' ? told.methodResponses.find((each) => each[2] === id)?.[1] : undefined
      const update = (args['update'] ?? {}) as Record<string, Record<string, unknown>>
      for (const key of Object.keys(result?.['updated'] ?? {}))
        for (const [property, value] of Object.entries(update[key] ?? {}))
          words.set(`${blobs.get(key) ?? ''} ${property}`, value === true)
      for (const key of (result?.['destroyed'] ?? []) as string[]) dead.add(blobs.get(key) ?? '')
    }
    return new Response(text, { status: answer.status, headers: answer.headers })
  }
  const boxes = ['inbox', 'archive', 'trash', 'junk'].map((role) => bed.mailboxId(role))
  let done = 0
  while (done < OPERATIONS) {
    for (const device of devices) {
      const emails = await bed.known(device)
      const chosen = [dice.pick(emails), dice.pick(emails)].flatMap((email) => email ?? [])
      const [first] = chosen
      if (!first) continue
      const [from, to] = [Object.keys(first.mailboxIds)[0] as (typeof boxes)[0], dice.pick(boxes) ?? boxes[0]]
      const mutation = dice.weighted([
        [10, setKeyword(chosen, dice.pick(['$flagged', '$seen', 'work']) ?? '$seen', dice.chance(0.5))],
        [10, from === to || to === undefined ? setKeyword(chosen, 'work') : move(chosen, from, to)],
        [1, destroy([first])],
      ])
      if (await bed.act(mutation, device)) done += 1
    }
    // Sometimes both are away, and come back with all of it at once.
    if (dice.chance(0.05)) for (const { name } of devices) line.offline.add(name)
    if (dice.chance(0.1)) line.offline.clear()
    if (dice.chance(0.6)) await clock.advance(dice.below(400))
  }
  line.offline.clear()
  await bed.refresh()
  await bed.refresh()
  const living = new Map([...account.emails.values()].map((email) => [email.blobId, email]))
  let [overruled, resurrected] = [0, 0]
  for (const [key, value] of words) {
    const [blobId = '', property = ''] = key.split(' ')
    const [kind, name] = property.split('/') as ['keywords' | 'mailboxIds', string]
    const email = living.get(blobId)
    if (email && email[kind].has(name) !== value) overruled += 1
  }
  for (const blobId of dead) if (living.has(blobId)) resurrected += 1
  for (const device of devices) resurrected += (await bed.known(device)).filter(({ blobId }) => dead.has(blobId)).length
  const [diverged, failed] = [await bed.diverged(), (await Promise.all(devices.map((each) => bed.failed(each)))).flat()]
  bed.close()
  return [
    atMost('resurrected', resurrected, 0, `${String(dead.size)} deleted for ever`),
    atMost('diverged', diverged.length, 0, diverged[0]),
    atMost('properties that are not their last write', overruled, 0, `${String(words.size)} written`),
    atMost('refused', failed.length, 0),
  ]
}
