/** Runs all checks on one server. A named deviation must be there: when it has gone, the list is what fails. */
import type { Check } from './check.ts'
import { core } from './checks/core.ts'
import { email } from './checks/email.ts'
import { mailbox } from './checks/mailbox.ts'
import { narrowings } from './checks/narrowing.ts'
import { push } from './checks/push.ts'
import { queries } from './checks/query.ts'
import { searches } from './checks/search.ts'
import { Target, type TargetOptions } from './target.ts'

export interface Outcome {
  readonly name: string
  readonly result: 'passed' | 'failed' | 'deviates'
  readonly why?: string
}

const checks: readonly Check[] = [...core, ...mailbox, ...email, ...queries, ...narrowings, ...searches, ...push]

export async function runSuite(
  options: TargetOptions,
  deviations: Readonly<Record<string, string>>,
): Promise<readonly Outcome[]> {
  const target = new Target(options)
  await target.connect()
  const name = `Contract ${String(Date.now())}`
  const made = await target.call('Mailbox/set', { create: { b: { name } } })
  target.mailboxId = (made['created'] as Record<string, { id: string }>)['b']?.id ?? ''
  if (!target.mailboxId) throw new Error(`the account cannot create a mailbox: ${JSON.stringify(made['notCreated'])}`)
  const outcomes: Outcome[] = []
  for (const check of checks) outcomes.push(await runCheck(check, target, deviations[check.name]))
  for (const unknown of Object.keys(deviations).filter((known) => !checks.some((check) => check.name === known)))
    outcomes.push({ name: unknown, result: 'failed', why: 'listed as a deviation, but no check has this name' })
  await cleanUp(target)
  return outcomes
}

async function runCheck(check: Check, target: Target, deviation: string | undefined): Promise<Outcome> {
  try {
    await check.run(target)
    if (deviation === undefined) return { name: check.name, result: 'passed' }
    return {
      name: check.name,
      result: 'failed',
      why: `listed as a deviation ("${deviation}"), but the server does it right`,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { name: check.name, result: deviation === undefined ? 'failed' : 'deviates', why: deviation ?? why }
  }
}

/** Children first: a parent with children is not destroyed (Stalwart M8). */
async function cleanUp(target: Target): Promise<void> {
  const { list } = (await target.call('Mailbox/get', { ids: null, properties: ['id', 'parentId'] })) as {
    list: { id: string; parentId: string | null }[]
  }
  const children = list.filter((box) => box.parentId === target.mailboxId).map((box) => box.id)
  for (const id of [...children, target.mailboxId])
    await target.call('Mailbox/set', { destroy: [id], onDestroyRemoveEmails: true })
}
