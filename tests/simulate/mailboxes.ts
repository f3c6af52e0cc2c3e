/**
 * What users do to mailboxes, by the code of the page that does it, and what is promised of it. What dies with a mailbox
 * is watched, too.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { StoredMailbox } from '../../demo/server/store/mailboxes.ts'
import type { Mailbox, MailboxId } from '../../src/jmap/types.ts'
import { isLocalId } from '../../src/mail/list.ts'
import { mayDelete, mayHold, mayRename, nameProblem, withInner } from '../../src/mail/mailbox-rules.ts'
import type { Mutation, OutboxRow } from '../../src/mutations/mutation.ts'
import { treeInverseOf } from '../../src/mutations/tree-inverse.ts'
import type { Random } from '../../src/platform/random.ts'
import {
  deleteMailboxes,
  makeMailbox,
  moveMailbox,
  renameMailbox,
  type ManageInput,
} from '../../src/state/manage-mailboxes.ts'
import { setMailbox } from '../../src/mutations/set-mailbox.ts'
import type { Dice } from '../converge/dice.ts'
import type { Device } from './device.ts'
import { OTHERS, type Ledger, type Overrules, type Promised, type Word } from './ledger.ts'
import { MailboxNames } from './mailbox-names.ts'
import type { Seat } from './user.ts'

type Append = (mutation: Mutation) => Promise<OutboxRow>

interface Act {
  readonly said: string
  readonly run: () => Promise<void>
}

interface Deps {
  readonly account: MailAccount
  readonly ledger: Ledger
  readonly names: MailboxNames
  readonly random: Random
  readonly breach: (invariant: string, what: string) => void
}

const MAIL = { maxMailboxDepth: 10 }

export class MailboxActs {
  readonly #deps: Deps
  /** What each device's user did last, to be taken back. */
  readonly #done = new Map<string, Mutation[]>()
  /** Mail that died with a mailbox, although its user had moved it before. */
  readonly #lost: { readonly device: string; readonly promised: Promised }[] = []
  /** What each device's tree had when its user last did something to it. */
  readonly #known = new Map<string, ReadonlySet<string>>()
  #count = 0

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** One thing, as far as what the tab shows allows it. */
  async act({ device, dice }: Seat, append: Append, poke: () => void): Promise<Act | undefined> {
    const shown = (await device.stored.mailboxes()).filter(({ id, role }) => !(isLocalId(id) && role !== null))
    this.#known.set(device.name, new Set(shown.map(({ id }) => id)))
    const own = shown.filter((mailbox) => mayRename(mailbox))
    const mailbox = dice.pick(own)
    const input = this.#page(device, shown, append, poke)
    const kind = mailbox ? dice.weighted(KINDS) : 'create'
    switch (kind) {
      case 'create': {
        const parent = dice.chance(0.35) ? dice.pick(shown.filter((each) => mayHold(each, shown, MAIL))) : undefined
        const name = this.#freeName(device, shown, parent?.id ?? null, dice)
        const wanted = { name, parentId: parent?.id ?? null }
        return {
          said: `creates ${name} in ${parent?.id ?? 'none'}`,
          run: () => makeMailbox(input, wanted, this.#deps.random),
        }
      }
      case 'rename': {
        if (!mailbox) return undefined
        const name = this.#freeName(device, shown, mailbox.parentId, dice)
        return { said: `renames ${mailbox.id} to ${name}`, run: () => renameMailbox(input, mailbox, name) }
      }
      case 'move': {
        const parent = mailbox && placeFor(mailbox, shown, dice)
        if (!mailbox || parent === null) return undefined
        return {
          said: `moves ${mailbox.id} to ${parent?.id ?? 'the top'}`,
          run: () => moveMailbox(input, mailbox, parent),
        }
      }
      case 'subscribe': {
        const one = dice.pick(shown)
        const mutation = one && setMailbox(one, { isSubscribed: !one.isSubscribed })
        return (
          mutation && {
            said: `${one.isSubscribed ? 'hides' : 'shows'} ${one.id}`,
            run: () => this.#perform(input, mutation),
          }
        )
      }
      case 'delete': {
        const all = mailbox ? withInner(mailbox, shown) : []
        if (!mailbox || !all.every(mayDelete)) return undefined
        const isMoved = dice.chance(0.6)
        const moveTo = isMoved ? dice.pick(shown.filter(({ id }) => !all.some((each) => each.id === id))) : undefined
        return {
          said: `deletes ${all.map(({ id }) => id).join(' ')}, its mail ${moveTo ? `goes to ${moveTo.id}` : 'too'}`,
          run: () => deleteMailboxes(input, all, moveTo?.id),
        }
      }
      case 'undo': {
        const last = this.#done.get(device.name)?.pop()
        const [back] = last ? treeInverseOf(last) : []
        return back && { said: `takes back: ${JSON.stringify(back)}`, run: () => this.#perform(input, back) }
      }
    }
  }

  /** The user does it: what has to be known of a mailbox before it is made. */
  note(device: string, mutation: Mutation): void {
    if ('make' in mutation) this.#deps.names.needs(mutation.make.id, this.#deps.ledger.now + 1)
    if (mutation.type === 'setMailbox') this.#part(device, mutation.mailboxId, mutation.patch)
    if (mutation.type !== 'createMailbox') return
    const { id, name, parentId } = mutation.mailbox
    const known = this.#known.get(device) ?? new Set()
    this.#deps.names.wants({ device, key: id, name, parent: parentId, known })
  }

  /** The server has it done by a device, or by others. */
  hear(account: MailAccount, author: () => string | undefined): void {
    const { ledger, names } = this.#deps
    const wrote = (id: string, words: Partial<StoredMailbox> & { exists?: boolean }): void => {
      for (const property of PROPERTIES) {
        const value = words[property]
        if (value !== undefined) ledger.wrote(author() ?? OTHERS, { blobId: names.subjectOf(id), property, value })
      }
    }
    const create = account.createMailbox.bind(account)
    const update = account.updateMailbox.bind(account)
    const destroy = account.destroyMailbox.bind(account)
    account.createMailbox = (fields) => {
      const mailbox = create(fields)
      names.made(author(), mailbox)
      const { id, name, parentId, isSubscribed } = mailbox
      wrote(id, { exists: true, name, parentId, isSubscribed })
      return mailbox
    }
    account.updateMailbox = (id, fields) => {
      update(id, fields)
      this.#part(author(), id, fields)
      names.named(author(), id)
      wrote(id, fields)
      if (fields.name !== undefined || fields.parentId !== undefined) names.renamed(author(), id)
    }
    account.destroyMailbox = (id) => {
      this.#watchMail(account.mailboxes.get(id), author())
      destroy(id)
      names.named(author(), id)
      wrote(id, { exists: false })
    }
  }

  /** What each device takes for the mailboxes that its user made. */
  async learn(device: Device): Promise<void> {
    if (this.#deps.names.hasParted(device.name)) await this.#rejoin(device)
    const { pairs, ended } = await device.stored.read(['meta', 'outbox'], async (tx) => ({
      pairs: (await tx.get('meta', 'madeIds'))?.ids ?? [],
      ended: (await tx.getAll('outbox')).flatMap(({ mutation, status }) =>
        mutation.type === 'destroyMailbox' && status !== 'failed' ? [mutation.mailboxId] : [],
      ),
    }))
    for (const [local, id] of pairs) {
      if (!isLocalId(local)) continue
      if (!ended.includes(id)) this.#deps.names.stands(device.name, local, id)
      const learnt = this.#deps.names.learn(device.name, local, id)
      if (learnt && 'wrong' in learnt) this.#deps.breach('I1', `${device.name} ${learnt.wrong}`)
      else if (learnt) this.#deps.ledger.alias(...learnt.alias)
    }
  }

  /** What the user sees. `unsent`: rows that never left. */
  shownBreach(mailboxes: readonly Mailbox[], unsent: ReadonlySet<string>, promised: Promised): string | undefined {
    const { names } = this.#deps
    const { box = '' } = MailboxNames.keyIn(promised)
    const isNeeded = names.isNeededSince(box, promised.order)
    const ids = names.idsOf(box)
    const shown = mailboxes.find(({ id }) => ids.includes(id))
    if (promised.property === 'exists') {
      if (promised.value === false) return shown && !isNeeded ? `still shows mailbox ${shown.id}` : undefined
      // Another of that name stands there in its place until the server has said what it makes of it; that one may be
      // shown by a newer name, which waits behind. Nothing stands in the place of one that never left.
      const asked = names.nameAsked(box)
      const isHidden =
        !unsent.has(promised.rowId) &&
        [...mailboxes, ...this.#deps.account.mailboxes.values()].some(({ name }) => name === asked)
      return shown || isHidden || names.isDead(box) ? undefined : `does not show mailbox ${box}`
    }
    if (!shown || promised.property === WITH_MAIL || this.#isIntoDead(promised)) return undefined
    const value = this.#valueIn(shown, promised.property)
    return value === promised.value ? undefined : `shows ${promised.property} of ${box} as ${String(value)}`
  }

  /** At the end. */
  breach(device: string, promised: Promised): string | undefined {
    const { ledger, names } = this.#deps
    const { box = '' } = MailboxNames.keyIn(promised)
    const living = names.living(box)
    const isLast = ledger.isLastWord(device, promised)
    if (promised.property === 'exists') {
      const isNeeded = promised.value === false && names.isNeededSince(box, promised.order)
      return isLast && !isNeeded && (living !== undefined) !== promised.value ? 'is not so at the server' : undefined
    }
    if (!living || promised.property === WITH_MAIL || this.#isIntoDead(promised)) return undefined
    if (ledger.isOvertaken(device, promised)) return 'was overtaken by an older word of the same device'
    return isLast && this.#valueIn(living, promised.property) !== promised.value ? 'is not so at the server' : undefined
  }

  /** Mail that should have been elsewhere when its mailbox died. `refused`: rows that the user is shown as such. */
  lostMail(device: string, refused: ReadonlySet<string>): string | undefined {
    const held = this.#deps.ledger.promises(device)
    const lost = this.#lost.find(
      ({ device: of, promised }) =>
        of === device && held.includes(promised) && !refused.has(`${promised.rowId} ${promised.blobId}`),
    )
    return lost && `${lost.promised.blobId} died with its mailbox, and was moved before`
  }

  /** From then on its user takes it for a mailbox like others, and what goes to that role makes another. */
  #part(by: string | undefined, id: string, change: Partial<Pick<StoredMailbox, 'name' | 'parentId'>>): void {
    const role = this.#deps.names.partsFrom(id, change)
    if (role !== undefined) this.#deps.ledger.part(role, id, by)
  }

  async #rejoin({ name, stored }: Device): Promise<void> {
    for (const back of this.#deps.names.backIn(name, await stored.mailboxes())) this.#deps.ledger.alias(...back)
  }

  #watchMail(mailbox: StoredMailbox | undefined, device: string | undefined): void {
    if (!mailbox || device === undefined) return
    const { ledger, names, breach } = this.#deps
    const dying = new Set([...mailbox.emails].flatMap((email) => (email.mailboxIds.size === 1 ? email.blobId : [])))
    if (dying.size === 0) return
    const box = names.subjectOf(mailbox.id)
    if (!ledger.hasSaid(device, { blobId: box, property: WITH_MAIL, value: true }))
      breach('I1', `${device} deletes ${mailbox.id} with its mail, which nobody asked for`)
    const end = ledger.promises(device).find(({ blobId, property }) => blobId === box && property === 'exists')
    for (const promised of ledger.promises(device)) {
      const { into } = MailboxNames.keyIn(promised)
      const isElsewhere = into !== undefined && promised.value === true && into !== names.keyOf(mailbox.id)
      if (
        isElsewhere &&
        dying.has(promised.blobId) &&
        ledger.isLastWord(device, promised) &&
        promised.seq < (end?.seq ?? -1)
      )
        this.#lost.push({ device, promised })
    }
  }

  async #perform(input: ManageInput, mutation: Mutation): Promise<void> {
    await (await input.undo()).perform(input.account, [mutation], '')
  }

  #isIntoDead({ property, value }: Word): boolean {
    return property === 'parentId' && typeof value === 'string' && this.#deps.names.isDead(value)
  }

  #valueIn(
    mailbox: Pick<Mailbox, 'name' | 'isSubscribed'> & { parentId: string | null },
    property: string,
  ): Word['value'] {
    if (property === 'name') return mailbox.name
    if (property === 'isSubscribed') return mailbox.isSubscribed
    return mailbox.parentId === null ? null : this.#deps.names.keyOf(mailbox.parentId)
  }

  /** The page around it, as far as this code needs one. */
  #page(device: Device, shown: readonly Mailbox[], append: Append, poke: () => void): ManageInput {
    const { stored } = device
    const done = this.#done.get(device.name) ?? []
    this.#done.set(device.name, done)
    const replica = {
      appendMutation: append,
      listWindow: stored.listWindow.bind(stored),
      islands: stored.islands.bind(stored),
      mailboxes: () => Promise.resolve(shown),
    }
    const account = { replica, port: { pokeOutbox: poke } }
    const perform = async (_: unknown, mutations: readonly Mutation[]): Promise<void> => {
      for (const mutation of mutations) {
        await append(mutation)
        done.push(mutation)
      }
      poke()
    }
    return { account, undo: () => Promise.resolve({ perform }), announce: () => undefined } as unknown as ManageInput
  }

  /** Seldom one that another device may give, too. */
  #freeName(device: Device, shown: readonly Mailbox[], parentId: MailboxId | null, dice: Dice): string {
    const own = ['One', 'Two', 'Three'].map((name) => (dice.chance(0.15) ? name : `${name} of ${device.name}`))
    const name = dice.pick(own) ?? ''
    if (nameProblem(name, { mailboxes: shown, parentId, mail: MAIL }) === undefined) return name
    this.#count += 1
    return `${device.name} ${this.#count}`
  }
}

const KINDS = [
  [4, 'create'],
  [4, 'rename'],
  [3, 'move'],
  [1.5, 'subscribe'],
  [2.5, 'delete'],
  [1.5, 'undo'],
] as const
/** Said with the end of a mailbox. */
const WITH_MAIL = 'withMail'
const PROPERTIES = ['exists', 'name', 'parentId', 'isSubscribed'] as const

/** Undefined is the top; null: nowhere. */
function placeFor(mailbox: Mailbox, shown: readonly Mailbox[], dice: Dice): Mailbox | undefined | null {
  const inner = withInner(mailbox, shown)
  const isFree = (parentId: MailboxId | null): boolean =>
    nameProblem(mailbox.name, { mailboxes: shown, parentId, own: mailbox.id, mail: MAIL }) === undefined
  const places = shown.filter((each) => !inner.includes(each) && mayHold(each, shown, MAIL) && isFree(each.id))
  if (dice.chance(0.4) && isFree(null)) return undefined
  return dice.pick(places) ?? null
}

/** What an action on a mailbox promises. */
export function wordsAboutMailbox(mutation: Mutation, names: MailboxNames): readonly Word[] {
  switch (mutation.type) {
    case 'createMailbox': {
      const { id, name, parentId } = mutation.mailbox
      const blobId = names.subjectOf(id)
      return [
        { blobId, property: 'exists', value: true },
        { blobId, property: 'name', value: name },
        { blobId, property: 'parentId', value: parentId },
        { blobId, property: 'isSubscribed', value: true },
      ]
    }
    case 'setMailbox': {
      const blobId = names.subjectOf(mutation.mailboxId)
      const { name, parentId, isSubscribed } = mutation.patch
      return [
        ...(name === undefined ? [] : [{ blobId, property: 'name', value: name }]),
        ...(parentId === undefined ? [] : [{ blobId, property: 'parentId', value: parentId }]),
        ...(isSubscribed === undefined ? [] : [{ blobId, property: 'isSubscribed', value: isSubscribed }]),
      ]
    }
    case 'destroyMailbox':
      return [
        { blobId: names.subjectOf(mutation.mailboxId), property: 'exists', value: false },
        ...(mutation.onDestroyRemoveEmails
          ? [{ blobId: names.subjectOf(mutation.mailboxId), property: WITH_MAIL, value: true }]
          : []),
      ]
    default:
      return []
  }
}

/** Which mail it moves the server alone knows: what was said of staying there, or of leaving the place that it goes to, is moot. */
export function overrulesOf(mutation: Mutation, names: MailboxNames): Overrules | undefined {
  if (mutation.type !== 'destroyMailbox') return undefined
  const { mailboxId, moveTo } = mutation
  return ({ property, value }) =>
    value === true
      ? property === `mailboxIds/${names.keyOf(mailboxId)}`
      : moveTo !== undefined && property === `mailboxIds/${names.keyOf(moveTo)}`
}
