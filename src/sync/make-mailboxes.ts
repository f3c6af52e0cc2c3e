/**
 * Mailboxes that waiting actions ask for and that the server has not: found, or made, before the actions are sent. None
 * is made twice: it is pulled first, so that one which another device made, or this one in a request whose answer was
 * lost, is known; and no server takes two of one role, or of one name (RFC 8621 §2).
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { Invocation, MailboxId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { classifySetError } from './classify-set-error.ts'
import { joined } from './joined-pulls.ts'
import { localIdsIn, nameFound, needs, type Wanted } from './name-found.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import type { PushOutcome } from './push-outbox.ts'

interface Step {
  readonly pull: PullOutcome
  /** What is still not there. */
  readonly wanted: Wanted | undefined
  /** Why the server did not make it. */
  readonly refusal: string | undefined
}

/** Runs in the lane, before rows are claimed. Undefined: nothing was to be made, or all of it is known here. */
export async function makeMailboxes(ctx: AccountContext): Promise<PushOutcome | undefined> {
  if (!(await ctx.replica.outbox()).some((row) => localIdsIn(row).length > 0)) return undefined
  if (!(await ctx.write({}, nameFound))) return undefined
  const steps = [await pullFor(ctx)]
  const step = (): Step => steps.at(-1) as Step
  const { wanted } = step()
  if (wanted && step().pull.isComplete) {
    steps.push(await pullFor(ctx, wanted))
    // Where the server gives no roles, it is known by its name.
    if (step().wanted && ofProperties(step().refusal)) steps.push(await pullFor(ctx, { ...wanted, role: null }))
    const { refusal } = step()
    if (step().wanted && refusal !== undefined) await refuse(ctx, wanted.id, refusal)
  }
  const hasRetry = (await ctx.replica.outbox()).some((row) => localIdsIn(row).some((id) => needs(row, id)))
  return { pull: joined(steps.map(({ pull }) => pull)), hasRetry }
}

/** A pull, and before it what makes the mailbox, in one request. */
async function pullFor(ctx: AccountContext, make?: Pick<Wanted, 'name' | 'role'>): Promise<Step> {
  let wanted: Wanted | undefined
  let refusal: string | undefined
  const pull = await pullChanges(ctx, {
    before: make ? [creation(ctx, make)] : [],
    settle: (response) => async (tx) => {
      if (make) refusal = refusalIn(response)
      wanted = await nameFound(tx)
    },
  })
  return { pull, wanted, refusal }
}

function creation(ctx: AccountContext, { name, role }: Pick<Wanted, 'name' | 'role'>): Invocation {
  const mailbox = { name, parentId: null, isSubscribed: true, ...(role !== null && { role }) }
  return ctx.call('Mailbox/set', { create: { made: mailbox } }, 'make')
}

function refusalIn(response: JmapResponse): string | undefined {
  const result = response.result('make')
  if (!result.ok) return result.type
  const { notCreated } = result.args as { notCreated?: { made?: { type?: unknown } } | null }
  const type = notCreated?.made?.type
  return notCreated?.made === undefined ? undefined : typeof type === 'string' ? type : 'serverFail'
}

function ofProperties(refusal: string | undefined): boolean {
  return refusal === 'invalidProperties' || refusal === 'invalidArguments'
}

async function refuse(ctx: AccountContext, id: MailboxId, type: string): Promise<void> {
  await ctx.write({}, async (tx) => {
    for (const row of await tx.outbox()) {
      if (!needs(row, id)) continue
      const attempts = row.attempts + 1
      const isPassing = classifySetError(type, attempts) === 'retry'
      await tx.putOutbox({ ...row, attempts, ...(!isPassing && { status: 'failed', lastError: type }) })
    }
  })
}
