import { atMost, type Check, type Figure } from './check.ts'
import { Bed, setKeyword } from './bed.ts'
import type { Between } from './line.ts'

const TARGETS = 500
const REFUSED = [1, 37, 250, 499, 500]

export const R10: Check = { name: 'R10', about: 'the server refuses k of 500', inProcess: run }

async function run(): Promise<readonly Figure[]> {
  let [wrongRows, wrongShown, wrongKept, told] = [0, 0, 0, 0]
  for (const maxObjectsInSet of [500, 100]) {
    const bed = await Bed.create({ messages: TARGETS, limits: { maxObjectsInSet } })
    for (const [index, count] of REFUSED.entries()) {
      const all = await bed.known()
      const refused = new Set<string>(all.slice(index, index + count).map(({ id }) => id))
      const keyword = `k${String(index)}`
      bed.line.between = refusing(refused)
      bed.told.length = 0
      await bed.act(setKeyword(all, keyword))
      await bed.quiet()
      bed.line.between = (post, pass) => pass(post)
      const listed = (await bed.failed()).flatMap(({ mutation }) => ('emailIds' in mutation ? mutation.emailIds : []))
      if (listed.length !== refused.size || listed.some((id) => !refused.has(id))) wrongRows += 1
      for (const { id, keywords } of await bed.known()) {
        if (Object.hasOwn(keywords, keyword) === refused.has(id)) wrongShown += 1
        if (bed.account.emails.get(id)?.keywords.has(keyword) === refused.has(id)) wrongKept += 1
      }
      told = Math.max(told, bed.told.length)
      for (const { id } of await bed.failed()) await bed.device.stored.discardMutation(id)
    }
    bed.close()
  }
  return [
    atMost('runs that list others than the k', wrongRows, 0, `k of ${REFUSED.join(', ')}`),
    atMost('shown otherwise', wrongShown, 0),
    atMost('otherwise at the server', wrongKept, 0),
    atMost('messages to the user', told, 1),
  ]
}

/** The server takes what else there is, and says `forbidden` of these. */
function refusing(refused: ReadonlySet<string>): Between {
  return async (post, pass) => {
    const body = JSON.parse(post.body ?? '{}') as { methodCalls?: [string, Record<string, unknown>, string][] }
    const names = new Map<string, string[]>()
    for (const [name, args, id] of body.methodCalls ?? []) {
      if (name !== 'Email/set') continue
      const all = Object.entries(args['update'] ?? {})
      args['update'] = Object.fromEntries(all.filter(([key]) => !refused.has(key)))
      names.set(
        id,
        all.map(([key]) => key).filter((key) => refused.has(key)),
      )
    }
    if (names.size === 0) return pass(post)
    const answer = await pass({ ...post, body: JSON.stringify(body), calls: body.methodCalls ?? [] })
    const told = (await answer.json()) as { methodResponses: [string, Record<string, unknown>, string][] }
    for (const [name, args, id] of told.methodResponses) {
      if (name !== 'Email/set') continue
      const more = (names.get(id) ?? []).map((key) => [key, { type: 'forbidden' }])
      args['notUpdated'] = { ...(args['notUpdated'] as object | null), ...Object.fromEntries(more) }
    }
    return new Response(JSON.stringify(told), { status: answer.status, headers: answer.headers })
  }
}
