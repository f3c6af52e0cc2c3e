/** The shape of every /get (RFC 8620 §5.1). */
import { MethodError } from '../errors.ts'
import { optionalStrings } from './arguments.ts'
import type { Args } from './arguments.ts'
import { idsOf, tooManyObjects } from './context.ts'
import type { MethodContext } from './context.ts'

export interface GetSource {
  readonly accountId: string
  readonly state: string
  readonly properties: readonly string[]
  all(): Iterable<string>
  find(id: string): Readonly<Record<string, unknown>> | undefined
}

export function get(context: MethodContext, args: Args, source: GetSource): Record<string, unknown> {
  const wanted = optionalStrings(args, 'properties') ?? source.properties
  for (const property of wanted) {
    if (!source.properties.includes(property))
      throw new MethodError('invalidArguments', `Unknown property ${property}.`)
  }
  const ids = idsOf(context, args) ?? [...source.all()]
  if (ids.length > context.limits.maxObjectsInGet) throw tooManyObjects()
  const list: Record<string, unknown>[] = []
  const notFound: string[] = []
  for (const id of ids) {
    const found = source.find(id)
    if (!found) {
      notFound.push(id)
      continue
    }
    const object: Record<string, unknown> = { id }
    for (const property of wanted) if (property in found) object[property] = found[property]
    list.push(object)
  }
  return { accountId: source.accountId, state: source.state, list, notFound }
}
