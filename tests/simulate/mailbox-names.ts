/**
 * Which mailbox at the server came of which that a user made: users and their tabs name it by an id of ours until its own
 * is known. Here each has one key for good, the first id that it had; what the server makes, the requests tell.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { StoredMailbox } from '../../demo/server/store/mailboxes.ts'
import { t } from '../../src/i18n/text.ts'
import type { Mailbox } from '../../src/jmap/types.ts'
import { isLocalId } from '../../src/mail/list.ts'
import { findMailbox, mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import type { Word } from './ledger.ts'

/** One that a user makes. */
interface Creation {
  readonly device: string
  readonly key: string
  readonly name: string
  readonly parent: string | null
  /** What its device had by the server's ids when it was asked for. */
  readonly known: ReadonlySet<string>
  isMade: boolean
  /** What the server has made of it last. */
  madeAs?: string
  /** Its user took it back before it was sent. */
  isTakenBack: boolean
  /** What takes it back has withdrawn it before it was sent: the server can have made nothing of it. */
  isWithdrawn: boolean
}

const PREFIX = 'mailbox '
const MADE_FOR = ['archive', 'snoozed'] as const
const IN_MAILBOX = 'mailboxIds/'

export class MailboxNames {
  readonly #account: MailAccount
  readonly #keys = new Map<string, string>()
  readonly #creations: Creation[] = []
  /** What the server has made. */
  readonly #made = new Set<string>()
  /** What devices know by the server's id. */
  readonly #learnt = new Set<string>()
  /** What devices have named so to the server. */
  readonly #named = new Set<string>()
  /**
   * Called otherwise, or moved, by somebody else while the device that made it did not know its id: by nothing in JMAP can
   * that device tell it from one that another client made. To which it was lost, unless a late answer brings the id.
   */
  readonly #strange = new Map<string, string>()
  /** Where it was when an action last needed it, and was to make it. */
  readonly #neededAt = new Map<string, number>()

  /** By key: what was taken for it until it was made again. */
  readonly #formerly = new Map<string, string[]>()
  /** By id: what it stood for by its name, until somebody gave it another: a device's user, or others. */
  readonly #parted = new Map<string, { readonly role: string; readonly by: string | undefined }>()

  constructor(account: MailAccount) {
    this.#account = account
  }

  keyOf(id: string): string {
    return this.#keys.get(id) ?? id
  }

  /** What words about it go by. */
  subjectOf(id: string): string {
    return PREFIX + this.keyOf(id)
  }

  /** The key in a word about a mailbox, or in one about mail that goes there. */
  static keyIn({ blobId, property }: Pick<Word, 'blobId' | 'property'>): { box?: string; into?: string } {
    if (blobId.startsWith(PREFIX)) return { box: blobId.slice(PREFIX.length) }
    return property.startsWith(IN_MAILBOX) ? { into: property.slice(IN_MAILBOX.length) } : {}
  }

  /** The same, said of keys. */
  canonical<W extends Pick<Word, 'blobId' | 'property' | 'value'>>(word: W): W {
    const { box, into } = MailboxNames.keyIn(word)
    if (into !== undefined) return { ...word, property: IN_MAILBOX + this.keyOf(into) }
    if (box === undefined) return word
    const isParent = word.property === 'parentId' && typeof word.value === 'string'
    return { ...word, blobId: this.subjectOf(box), ...(isParent && { value: this.keyOf(word.value) }) }
  }

  /** All that it may go by. */
  idsOf(key: string): readonly string[] {
    return [key, ...[...this.#keys].filter(([, known]) => known === key).map(([id]) => id)]
  }

  /** And those that were taken for it once: mail of others was put there by that name. */
  idsOfAnyTime(key: string): readonly string[] {
    return [...this.idsOf(key), ...(this.#formerly.get(key) ?? [])]
  }

  /** As it is at the server. */
  living(key: string): StoredMailbox | undefined {
    return this.idsOf(key)
      .map((id) => this.#account.mailboxes.get(id))
      .find(Boolean)
  }

  /** It was at the server, and is no more. */
  isDead(key: string): boolean {
    return !this.living(key) && this.idsOf(key).some((id) => this.#made.has(id) || !isLocalId(id))
  }

  /** What its user called it. */
  nameAsked(key: string): string | undefined {
    return this.#creations.findLast((each) => this.keyOf(each.key) === key)?.name
  }

  wants(creation: Omit<Creation, 'isMade' | 'isTakenBack' | 'isWithdrawn'>): void {
    this.#creations.push({ ...creation, isMade: false, isTakenBack: false, isWithdrawn: false })
  }

  /** A user does what makes it where it is not: one that was deleted stands there again. */
  needs(id: string, now: number): void {
    this.#neededAt.set(this.keyOf(id), now)
  }

  isNeededSince(key: string, order: number): boolean {
    return (this.#neededAt.get(this.keyOf(key)) ?? 0) > order
  }

  takenBack(device: string, key: string): void {
    for (const each of this.#creations) if (each.device === device && each.key === key) each.isTakenBack = true
  }

  /** It waits in the outbox no more, since what takes it back is there. */
  withdrawn(device: string, key: string): void {
    for (const each of this.#creations)
      if (each.device === device && each.key === key && !each.isMade) each.isWithdrawn = true
  }

  /** The server has made one, for a device or for others. */
  made(device: string | undefined, { id, name, parentId }: StoredMailbox): void {
    this.#made.add(id)
    // One that an action needed and the server had not: by its name where the server took no role.
    const made = device !== undefined && MADE_FOR.find((role) => t.mailbox.roles[role] === name)
    if (made) this.#keys.set(id, this.keyOf(mailboxToMake(made, name).id))
    const creation = this.#creationOf(device, { name, parentId })
    if (!creation) return
    // One that others have renamed before its lost answer was made up for is made again: then the first is nobody's.
    if (creation.isMade) this.#letGo(creation.key)
    creation.isMade = true
    creation.madeAs = id
    this.#keys.set(id, this.keyOf(creation.key))
  }

  /**
   * Whose turn it was: the first that its device does not know as made, be it that others have deleted what was made
   * before its answer came, and it is made again. One that was withdrawn is it only where no other is: else what is made
   * anew by its name would be taken for it, and its end for the end that was called off.
   */
  #creationOf(
    device: string | undefined,
    { name, parentId }: Pick<StoredMailbox, 'name' | 'parentId'>,
  ): Creation | undefined {
    const all = this.#creations.filter(
      (each) => each.device === device && each.name === name && same(each.parent, parentId, this),
    )
    const sent = all.filter(({ isWithdrawn }) => !isWithdrawn)
    const among = sent.length > 0 ? sent : all
    const waiting = among.filter(({ isMade }) => !isMade)
    const open = among.find((each) => !each.isTakenBack && !this.#isKnown(each))
    return open ?? waiting[0] ?? among.at(-1)
  }

  #isKnown({ madeAs }: Creation): boolean {
    return madeAs !== undefined && (this.#learnt.has(madeAs) || this.#named.has(madeAs))
  }

  /** A device changes or deletes it, or others do. */
  named(author: string | undefined, id: string): void {
    if (author !== undefined) this.#named.add(id)
  }

  /** What it stood for by its name alone, and no more once it is called otherwise, or moved, like this. */
  partsFrom(id: string, change: Partial<Pick<StoredMailbox, 'name' | 'parentId'>>): string | undefined {
    const key = this.keyOf(id)
    const role = MADE_FOR.find((each) => key === `~${each}`)
    if (!role) return undefined
    // One that others have deleted is called so still where that is not known.
    const mailbox = this.#account.mailboxes.get(id) ?? mailboxToMake('', t.mailbox.roles[role] ?? '')
    return this.#standsFor(key, [{ ...mailbox, id, ...change } as unknown as Mailbox]) ? undefined : key
  }

  /** The next that stands for it is another. */
  part(role: string, id: string, by: string | undefined): void {
    this.#keys.delete(role)
    this.#keys.delete(id)
    this.#parted.set(id, { role, by })
  }

  hasParted(device: string): boolean {
    return [...this.#parted.values()].some(({ by }) => by === device)
  }

  /** What its user called otherwise, and sees as before: that was refused, or taken back. With what it stands for again. */
  backIn(device: string, shown: readonly Mailbox[]): readonly (readonly [id: string, role: string])[] {
    const back = [...this.#parted].flatMap(([id, { role, by }]) =>
      by === device && this.#standsFor(role, shown)?.id === id ? [[id, role] as const] : [],
    )
    for (const [id] of back) this.#parted.delete(id)
    return back
  }

  #standsFor(key: string, mailboxes: readonly Mailbox[]): Mailbox | undefined {
    const role = MADE_FOR.find((each) => key === `~${each}`)
    return role && findMailbox(mailboxes, { role, name: t.mailbox.roles[role] ?? '' })
  }

  /** By a device, or by others. */
  renamed(author: string | undefined, id: string): void {
    const creation = this.#creations.findLast((each) => this.keyOf(each.key) === this.keyOf(id))
    if (creation && creation.device !== author && !this.#learnt.has(id)) this.#strange.set(id, creation.device)
  }

  #letGo(key: string): void {
    const ids = [...this.#keys].filter(([, known]) => known === key).map(([id]) => id)
    for (const id of ids) this.#keys.delete(id)
    this.#formerly.set(key, [...(this.#formerly.get(key) ?? []), ...ids])
  }

  /** The device made it, and cannot know which it is: or its user has called that off before an answer came. */
  isStrangeTo(device: string, key: string): boolean {
    return this.#calledOff(device, key) !== undefined || this.idsOf(key).some((id) => this.#strange.get(id) === device)
  }

  #calledOff(device: string, key: string): Creation | undefined {
    const creation = this.#creations.findLast((each) => each.device === device && this.keyOf(each.key) === key)
    const isKnown = this.idsOf(key).some((id) => this.#learnt.has(id))
    return creation?.isTakenBack === true && !isKnown ? creation : undefined
  }

  /**
   * What a device takes for the mailbox of its user's making, by its own account. What is wrong with that; or what is
   * known by two keys now: one of that name that this device had not heard of yet, which refuses another (RFC 8621 §2).
   */
  learn(
    device: string,
    local: string,
    id: string,
  ): { wrong: string } | { alias: readonly [string, string] } | undefined {
    this.#learnt.add(id)
    this.#strange.delete(id)
    const key = this.keyOf(local)
    if (this.keyOf(id) === key) return undefined
    const creation = this.#creations.findLast((each) => each.device === device && each.key === local)
    if (creation?.known.has(id) === true || this.living(key)) return { wrong: `takes ${id} for ${local}` }
    return { alias: [key, this.keyOf(id)] }
  }

  /** What was to be made again is the one that it was, of which no end waits: nothing that the server makes is for it. */
  stands(device: string, local: string, id: string): void {
    if (!this.#account.mailboxes.has(id) || this.keyOf(id) !== this.keyOf(local)) return
    for (const each of this.#creations) {
      if (each.device !== device || each.key !== local || each.isMade || each.isWithdrawn) continue
      each.isMade = true
      each.madeAs = id
    }
  }

  alias(from: string, to: string): void {
    for (const [id, key] of this.#keys) if (key === from) this.#keys.set(id, to)
    this.#keys.set(from, to)
  }
}

function same(parent: string | null, id: string | null, names: MailboxNames): boolean {
  return parent === null || id === null ? parent === id : names.keyOf(parent) === names.keyOf(id)
}
