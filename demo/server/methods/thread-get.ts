/** Thread/get (RFC 8621 §3.1). */
import { sortedEmails } from '../store/threads.ts'
import type { Args } from './arguments.ts'
import { accessOf, stateOf } from './context.ts'
import type { MethodContext } from './context.ts'
import { get } from './get.ts'

export function threadGet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  return get(context, args, {
    accountId: account.id,
    state: stateOf(account, 'Thread'),
    properties: ['id', 'emailIds'],
    all: () => account.threads.keys(),
    find: (id) => {
      const thread = account.threads.get(id)
      if (!thread) return undefined
      const emails = sortedEmails(thread).filter((email) => access.sees(email))
      return emails.length > 0 ? { id, emailIds: emails.map((email) => email.id) } : undefined
    },
  })
}
