/** Which capability a method belongs to: the vocabulary of `using`. */
import type { Methods } from 'jmap-jam'
import type { Invocation } from './types.ts'

const prefix = 'urn:ietf:params:jmap:'

type TypeOf<Method> = Method extends `${infer Type}/${string}` ? Type : never

/** Types whose capability is called otherwise. Any other is one of core's, or has one of its own name (FileNode, Blob). */
const byType = {
  Mailbox: 'mail',
  Thread: 'mail',
  Email: 'mail',
  SearchSnippet: 'mail',
  Identity: 'submission',
} as const satisfies Partial<Record<TypeOf<Methods>, string>>

const isKnown = (type: string): type is keyof typeof byType => Object.hasOwn(byType, type)

/**
 * The `using` of a request: core and what its calls need, restricted to what the session offers, since one unknown
 * capability fails the whole request (RFC 8620 §3.6.1).
 */
export function usingFor(calls: readonly Invocation[], offered: ReadonlySet<string>): readonly string[] {
  const needed = new Set<string>(['core'])
  for (const [method] of calls) {
    const type = method.slice(0, method.indexOf('/'))
    needed.add(isKnown(type) ? byType[type] : type.toLowerCase())
  }
  return [...needed].map((name) => prefix + name).filter((name) => offered.has(name) || name === `${prefix}core`)
}
