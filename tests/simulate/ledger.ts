/** What users were promised, and what was written at the server, by whom, in order. */
import type { OutboxRow } from '../../src/mutations/mutation.ts'
import type { MailboxNames } from './mailbox-names.ts'

/** One property of one message or mailbox, and what it is to be. Messages go by blob: a merge gives them other ids. */
export interface Word {
  /** Or the subject of a mailbox, as `MailboxNames` has it. */
  readonly blobId: string
  /** As in a patch: `keywords/$seen`, `mailboxIds/m1`, `name`; or `destroyed`, and of a mailbox `exists`. */
  readonly property: string
  readonly value: boolean | string | null
}

/** What an action does besides to what it cannot name: which of other words it makes moot, or says itself. */
export type Overrules = (word: Word) => boolean

export interface Promised extends Word {
  readonly order: number
  readonly seq: number
  readonly rowId: string
}

interface Written {
  readonly author: string
  readonly order: number
  readonly value: Word['value']
  readonly word: Word
}

/** An acknowledged row, as the user knows it. */
interface Row {
  words: readonly Word[]
  readonly overrules: Overrules | undefined
  isTakenBack: boolean
}

/** An action on its way to the outbox: whoever dies may have stored it or not. */
export interface Intent {
  readonly device: string
  readonly order: number
  words: readonly Word[]
  readonly overrules: Overrules | undefined
}

export const OTHERS = 'others'

const keyOf = ({ blobId, property }: Pick<Word, 'blobId' | 'property'>): string => `${blobId} ${property}`

export class Ledger {
  #order = 0
  readonly #promises = new Map<string, Map<string, Promised>>()
  readonly #rows = new Map<string, Map<string, Row>>()
  readonly #open = new Set<Intent>()
  readonly #last = new Map<string, Written>()
  readonly #lastBy = new Map<string, Written>()
  /** When it was last said or written to be so. */
  readonly #lastPut = new Map<string, { readonly order: number; readonly word: Word }>()
  /** What was begun and overrules: of a word that is acknowledged late the order is told by its own beginning. */
  readonly #overruling: Intent[] = []
  readonly #names: MailboxNames

  constructor(names: MailboxNames) {
    this.#names = names
  }

  begin(device: string, words: readonly Word[], overrules?: Overrules): Intent {
    const canonical = words.map((word) => this.#names.canonical(word))
    const intent = { device, order: (this.#order += 1), words: canonical, overrules }
    this.#open.add(intent)
    for (const word of canonical) this.#notePut(word)
    if (overrules) {
      this.#overruling.push(intent)
      this.#overrule(device, overrules)
    }
    return intent
  }

  /** Acknowledged: the row is durable. Its place among the device's words is the outbox's. */
  acknowledge(intent: Intent, row: OutboxRow): void {
    this.#open.delete(intent)
    const promises = this.#promises.get(intent.device) ?? new Map<string, Promised>()
    this.#promises.set(intent.device, promises)
    this.#rowsOf(intent.device).set(row.id, { ...intent, isTakenBack: false })
    const later = this.#overruling.filter(({ device, order }) => device === intent.device && order > intent.order)
    for (const word of intent.words) {
      const key = keyOf(word)
      if (later.some(({ overrules }) => overrules?.(word))) continue
      // What is deleted for ever needs no other word: those that waited are withdrawn.
      if (word.property === 'destroyed' || (word.property === 'exists' && word.value === false)) {
        for (const [other, { blobId, seq }] of promises)
          if (blobId === word.blobId && seq < row.seq) promises.delete(other)
      }
      if ((promises.get(key)?.seq ?? -1) < row.seq)
        promises.set(key, { ...word, order: intent.order, seq: row.seq, rowId: row.id })
    }
  }

  /** It was refused: nothing was stored. */
  refuse(intent: Intent): void {
    this.#open.delete(intent)
  }

  /** Taken back by the user; answers what is to be told whether it was: if not, the promises hold again. */
  withdraw(device: string, rowId: string): (isGone: boolean) => void {
    const promises = this.#promises.get(device)
    const gone = [...(promises ?? [])].filter(([, promised]) => promised.rowId === rowId)
    for (const [key] of gone) promises?.delete(key)
    // Whether a mailbox was made that is taken back nobody knows, nor what becomes of what deletes it.
    const made = this.#rowsOf(device)
      .get(rowId)
      ?.words.find(({ property, value }) => property === 'exists' && value === true)
    if (made) promises?.delete(keyOf(made))
    return (isGone) => {
      const row = this.#rowsOf(device).get(rowId)
      if (isGone && row) row.isTakenBack = true
      if (!isGone) for (const [key, promised] of gone) if (!promises?.has(key)) promises?.set(key, promised)
    }
  }

  /** Whether its user has ever asked for it. */
  hasSaid(device: string, word: Word): boolean {
    const isSame = (other: Word): boolean => keyOf(other) === keyOf(word) && other.value === word.value
    const isOpen = [...this.#open].some((intent) => intent.device === device && intent.words.some(isSame))
    return isOpen || [...this.#rowsOf(device).values()].some(({ words }) => words.some(isSame))
  }

  /** Whether the device writes what its user took back, and nothing else of that user says. */
  isTakenBack(device: string, said: Word): boolean {
    const word = this.#names.canonical(said)
    const opposite = { ...word, value: word.value !== true }
    if (this.#overruling.some((intent) => intent.device === device && intent.overrules?.(opposite))) return false
    const isSame = (other: Word): boolean => keyOf(other) === keyOf(word) && other.value === word.value
    const rows = [...this.#rowsOf(device).values()].filter(({ words }) => words.some(isSame))
    const isOpen = [...this.#open].some((intent) => intent.device === device && intent.words.some(isSame))
    return !isOpen && rows.length > 0 && rows.every(({ isTakenBack }) => isTakenBack)
  }

  /**
   * A refused row waits again in its old place. Where a later word on the same was there, it depends on whether that has
   * left already which of them is the last: nothing is promised of it.
   */
  retry(device: string, rowId: string): void {
    const promises = this.#promises.get(device)
    const row = this.#rowsOf(device).get(rowId)
    if (row?.overrules) this.#overrule(device, row.overrules)
    for (const word of row?.words ?? []) if (promises?.get(keyOf(word))?.rowId !== rowId) promises?.delete(keyOf(word))
  }

  wrote(author: string, said: Word): void {
    const word = this.#names.canonical(said)
    const written = { author, order: (this.#order += 1), value: word.value, word }
    this.#last.set(keyOf(word), written)
    this.#notePut(word)
    this.#lastBy.set(`${author} ${keyOf(word)}`, written)
  }

  /** Where the order of what is done and written stands. */
  get now(): number {
    return this.#order
  }

  isWrittenSince(order: number, word: Pick<Word, 'blobId' | 'property'>): boolean {
    const key = keyOf(this.#names.canonical({ ...word, value: true }))
    return (this.#last.get(key)?.order ?? 0) > order
  }

  /** Somebody has said, or written, that it is to be there. */
  isPutSince(order: number, word: Pick<Word, 'blobId' | 'property'>): boolean {
    const key = keyOf(this.#names.canonical({ ...word, value: true }))
    return (this.#lastPut.get(key)?.order ?? 0) > order
  }

  /** When the server last heard of it. */
  writtenAt(word: Pick<Word, 'blobId' | 'property'>): number | undefined {
    return this.#last.get(keyOf(this.#names.canonical({ ...word, value: true })))?.order
  }

  /** Two keys are one mailbox: what was said of the first is said, and was written, of the other. */
  alias(from: string, to: string): void {
    this.#names.alias(from, to)
    const again = <W extends Word>(words: readonly W[]): W[] => words.map((word) => this.#names.canonical(word))
    for (const intent of this.#open) intent.words = again(intent.words)
    for (const rows of this.#rows.values()) for (const row of rows.values()) row.words = again(row.words)
    for (const [device, promises] of this.#promises) {
      const renamed = again([...promises.values()]).sort((a, b) => a.seq - b.seq)
      this.#promises.set(device, new Map(renamed.map((word) => [keyOf(word), word])))
    }
    this.#fileAnew(this.#last)
    this.#fileAnew(this.#lastPut)
    this.#fileAnew(this.#lastBy, ({ author }) => `${author} `)
  }

  /** What stood for a role is a mailbox like others from now on, and goes by its own id: all that was said was said of it. */
  part(role: string, id: string, by: string | undefined): void {
    this.alias(role, id)
    this.#names.part(role, id, by)
  }

  /** Under the keys that hold now; of two that are one the later. */
  #fileAnew<T extends { readonly order: number; readonly word: Word }>(
    filed: Map<string, T>,
    prefix: (each: T) => string = () => '',
  ): void {
    const all = [...filed.values()].sort((a, b) => a.order - b.order)
    filed.clear()
    for (const each of all) {
      const word = this.#names.canonical(each.word)
      filed.set(prefix(each) + keyOf(word), { ...each, word, ...('value' in each && { value: word.value }) })
    }
  }

  promises(device: string): readonly Promised[] {
    return [...(this.#promises.get(device)?.values() ?? [])]
  }

  /** Undefined: kept, as far as the server is concerned. */
  breach(device: string, promised: Promised): string | undefined {
    // One that was stored has withdrawn this one, and may have been taken back itself.
    if (this.#isUnsure(device, promised)) return undefined
    const done = this.#lastBy.get(`${device} ${keyOf(promised)}`)
    if (!done || done.order < promised.order) return 'was never sent'
    if (done.value === promised.value) return undefined
    return `was overtaken by an older word of the same device`
  }

  /** Whether the device must show the word: nobody else has had a later one. */
  isLastWord(device: string, promised: Promised): boolean {
    const last = this.#last.get(keyOf(promised))
    const isForeign = last !== undefined && last.author !== device && last.order > promised.order
    return !isForeign && !this.#isUnsure(device, promised)
  }

  /** Whether a word of the same device that is the older one lies over what it promised. */
  isOvertaken(device: string, promised: Promised): boolean {
    const done = this.#lastBy.get(`${device} ${keyOf(promised)}`)
    const isOlder = done !== undefined && done.order > promised.order && done.value !== promised.value
    return isOlder && !this.#isUnsure(device, promised)
  }

  #notePut(word: Word): void {
    if (word.value === true) this.#lastPut.set(keyOf(word), { order: this.#order, word })
  }

  #overrule(device: string, overrules: Overrules): void {
    const promises = this.#promises.get(device)
    for (const [key, promised] of promises ?? []) if (overrules(promised)) promises?.delete(key)
  }

  #rowsOf(device: string): Map<string, Row> {
    const rows = this.#rows.get(device) ?? new Map<string, Row>()
    this.#rows.set(device, rows)
    return rows
  }

  /** A later word may or may not be stored: its tab died over it. */
  #isUnsure(device: string, promised: Promised): boolean {
    return [...this.#open].some(
      (intent) =>
        intent.device === device &&
        intent.order > promised.order &&
        intent.words.some((word) => keyOf(word) === keyOf(promised)),
    )
  }
}
