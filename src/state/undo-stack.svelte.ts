/**
 * What the reader did in this page, step by step, so that it can be taken back and done again. A step is taken back by
 * one more intent (law 2), whatever became of the first: the outbox withdraws what is superseded, and what has been
 * sent is sent back.
 */
import { inverseOf, type Before } from '../mutations/inverse.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailId } from '../jmap/types.ts'
import { emailIdsOf, isMailboxMutation, type Mutation } from '../mutations/mutation.ts'
import type { ChangeNotice } from '../replica/replica.ts'

const LEVELS = 50

export interface Step {
  readonly account: OpenAccount
  /** What was done, in words: "2 conversations marked as read". */
  readonly label: string
  /** What takes it back, in the order in which it is to be done. */
  readonly back: readonly Mutation[]
}

export class UndoStack {
  #done: readonly Step[] = []
  #undone: readonly Step[] = []
  #latest = $state.raw<Step | undefined>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no view reads it
  readonly #followed = new Map<OpenAccount, () => void>()
  /** Undefined until somebody says which accounts there are. */
  #accounts: readonly OpenAccount[] | undefined
  /** One at a time: a key pressed while the step before is still being written means that one. */
  #last: Promise<unknown> = Promise.resolve()

  /** What was done last, until it is taken back or nobody is to be asked about it any more. */
  get latest(): Step | undefined {
    return this.#latest
  }

  /**
   * Does something, so that it can be taken back: several mutations are one step. Resolves once it is durable. `before`:
   * the Emails as they are shown, where the caller has them; else they are read.
   */
  perform(
    account: OpenAccount,
    mutations: readonly Mutation[],
    label: string,
    before?: readonly Before[],
  ): Promise<void> {
    return this.#inTurn(async () => {
      const back = await append(account, mutations, before)
      this.#undone = []
      this.#push({ account, label, back })
    })
  }

  /** Takes the last step back; undefined where there is none. Resolves once that is durable. */
  undo(): Promise<Step | undefined> {
    return this.#inTurn(async () => {
      const step = this.#done.at(-1)
      if (!step) return undefined
      const back = await append(step.account, step.back)
      this.#done = this.#done.filter((one) => one !== step)
      if (back.length > 0) this.#undone = [...this.#undone, { ...step, back }]
      this.#latest = undefined
      return step
    })
  }

  /** Does again what was taken back last; undefined where nothing was, or where something else was done since. */
  redo(): Promise<Step | undefined> {
    return this.#inTurn(async () => {
      const step = this.#undone.at(-1)
      if (!step) return undefined
      const back = await append(step.account, step.back)
      this.#undone = this.#undone.filter((one) => one !== step)
      this.#push({ ...step, back })
      return step
    })
  }

  /** It is not offered any more; it can still be taken back. */
  dismiss(): void {
    this.#latest = undefined
  }

  /** Forgets the steps of accounts that are not here any more. */
  keepOnly(accounts: readonly OpenAccount[]): void {
    this.#accounts = accounts
    const isHere = ({ account }: Step): boolean => accounts.includes(account)
    this.#done = this.#done.filter(isHere)
    this.#undone = this.#undone.filter(isHere)
    if (this.#latest && !isHere(this.#latest)) this.#latest = undefined
    for (const [account, stop] of this.#followed) {
      if (accounts.includes(account)) continue
      stop()
      this.#followed.delete(account)
    }
  }

  /** What changed nothing, or was signed out of while it was written, is no step. */
  #push(step: Step): void {
    const { account } = step
    if (step.back.length === 0 || this.#accounts?.includes(account) === false) return
    this.#done = [...this.#done, step].slice(-LEVELS)
    this.#latest = step
    if (this.#followed.has(account)) return
    this.#followed.set(
      account,
      account.replica.subscribe((notice) => {
        this.#rekey(account, notice)
      }),
    )
  }

  /** Messages that live on under another id (B6.5a) are taken back under that one. */
  #rekey(account: OpenAccount, { rekeyed }: ChangeNotice): void {
    if (!rekeyed) return
    const renew = (step: Step): Step =>
      step.account === account ? { ...step, back: step.back.map((each) => renamed(each, rekeyed)) } : step
    const isLatest = this.#latest === this.#done.at(-1)
    this.#done = this.#done.map(renew)
    this.#undone = this.#undone.map(renew)
    if (isLatest) this.#latest = this.#done.at(-1)
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(task)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/** Answers what takes it back. */
async function append(
  { replica, port }: OpenAccount,
  meant: readonly Mutation[],
  before?: readonly Before[],
): Promise<readonly Mutation[]> {
  const mutations = await withMade(replica, meant)
  const emails = before ?? (await read(replica, mutations))
  const tree = mutations.some((each) => isMailboxMutation(each) || each.type === 'setSettings')
    ? await import('../mutations/tree-inverse.ts')
    : undefined
  for (const mutation of mutations) await replica.appendMutation(mutation)
  port.pokeOutbox()
  return mutations
    .flatMap((mutation) => [...inverseOf(mutation, emails), ...(tree?.treeInverseOf(mutation) ?? [])])
    .reverse()
}

/** What was to be made when the step was done may be there by now. */
async function withMade(replica: OpenAccount['replica'], mutations: readonly Mutation[]): Promise<readonly Mutation[]> {
  if (!mutations.some((mutation) => 'make' in mutation)) return mutations
  const [mailboxes, code] = await Promise.all([replica.mailboxes(), import('../mutations/made-mailbox.ts')])
  return mutations.map((mutation) => {
    if (!('make' in mutation)) return mutation
    const found = code.findMailbox(mailboxes, mutation.make)
    return found ? code.withMadeMailbox(mutation, mutation.make.id, found.id) : mutation
  })
}

async function read(replica: OpenAccount['replica'], mutations: readonly Mutation[]): Promise<readonly Before[]> {
  const ids = new Set(mutations.flatMap(emailIdsOf))
  return (await replica.emails([...ids])).filter((email) => email !== undefined)
}

function renamed(mutation: Mutation, rekeyed: readonly (readonly [EmailId, EmailId])[]): Mutation {
  if (!('emailIds' in mutation)) return mutation
  const aliveOf = (id: EmailId): EmailId => rekeyed.find(([dead]) => dead === id)?.[1] ?? id
  return { ...mutation, emailIds: mutation.emailIds.map(aliveOf) }
}
