/** Empties a mailbox. A message that another mailbox holds as well only leaves (`mutations/erase-emails.ts`). */
import type { EmailId } from '../jmap/types.ts'
import { isPassedOver } from '../mail/list.ts'
import type { EmptyMailbox } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import type { OnAll } from './act-on-all.ts'
import { listIn, numberIn } from './read-results.ts'

export async function emptyMailbox(ctx: AccountContext, { mailboxId, before }: EmptyMailbox): Promise<OnAll> {
  const mailboxes = await ctx.replica.mailboxes()
  const last = new Set<string>(mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id))
  const { maxObjectsInGet, maxObjectsInSet } = ctx.deps.client.session.limits
  const limit = Math.max(1, Math.min(maxObjectsInSet, maxObjectsInGet))
  const filter = { inMailbox: mailboxId, before }
  const ids = { resultOf: 'left', name: 'Email/query', path: '/ids' }
  return {
    look: () => [
      ctx.call('Email/query', { filter, limit, calculateTotal: true }, 'left'),
      ctx.call('Email/get', { '#ids': ids, properties: ['id', 'mailboxIds'] }, 'leftIn'),
    ],
    next: (response) => {
      const [query, get] = [response.result('left'), response.result('leftIn')]
      if (!query.ok || !get.ok) return undefined
      const destroy: EmailId[] = []
      const update: Record<EmailId, Record<string, null>> = {}
      for (const { id, mailboxIds } of listIn(get.args)) {
        const places = Object.keys((mailboxIds as object | null) ?? {})
        // a server's index may name what has left meanwhile
        if (!places.includes(mailboxId)) continue
        if (places.every((place) => place === mailboxId || last.has(place))) destroy.push(id as EmailId)
        else update[id as EmailId] = { [`mailboxIds/${mailboxId}`]: null }
      }
      const total = numberIn(query.args, 'total')
      return { destroy, update, ...(total !== undefined && { total }) }
    },
  }
}
