/**
 * How rows lie in the database: what no index needs as JSON, in UTF-8, a byte in place of each fragment that every row
 * repeats (ADR 0018). A structured clone spells out every name, and takes two bytes a character for a whole text as soon
 * as one of them is beyond Latin-1. What was written before is read as it is.
 */
import { ReplicaError } from '../replica-error.ts'
import { STORES, type StoreName, type Stores } from '../storage/schema.ts'

/** Without these a row could not be shown: it is unreadable, like bytes that are no JSON. */
const NEEDED: Partial<Record<StoreName, readonly string[]>> = {
  emails: ['mailboxIds', 'keywords', 'preview'],
  entries: ['messages', 'preview'],
  bodies: ['bodyValues'],
}

/**
 * JSON has no control characters, so each of the 32 may stand for a fragment. Databases hold the places of this list: a
 * fragment is never changed or moved, only added.
 */
const FRAGMENTS: readonly string[] = [
  '","receivedAt":"',
  '"keywords":{"$seen":true},',
  '"keywords":{',
  '"mailboxIds":{"',
  ':true}',
  '},"size":',
  '"from":[{"name":"',
  '"from":{"name":"',
  ',"email":"',
  '"to":[{"name":"',
  '"cc":null,',
  ',"subject":"',
  '"preview":"',
  '","hasAttachment":false,',
  '"messageId":["',
  '"sentTo":["","',
  '","threadId":"',
  ',"messages":[{"id":"',
  '","blobId":"',
  '"}],',
  ',"count":1}',
  '","',
]

/** What stands below the space. */
const CONTROL = /[^ -\uffff]/g

const encoder = new TextEncoder()
const decoder = new TextDecoder()

type Row = Record<string, unknown>

/** What is stored in place of the row: its key and what is indexed, and the rest in `_`. */
export function pack<S extends StoreName>(store: S, row: Stores[S]['value']): object {
  if (!NEEDED[store]) return row
  const { keyPath = '', indexes = [] } = STORES[store]
  const rest: Row = {}
  const stored: Row = {}
  for (const [name, value] of Object.entries(row)) {
    if (name === keyPath || indexes.includes(name)) stored[name] = value
    else rest[name] = value
  }
  const text = JSON.stringify(rest)
  return { ...stored, _: encoder.encode(hasFragments(store) ? shortened(text) : text).buffer }
}

/** The row again. Throws a `ReplicaError` where it cannot be read; such a body is simply not here, as one given up. */
export function unpack<S extends StoreName>(store: S, value: Stores[S]['value'] | undefined): typeof value {
  const needed = NEEDED[store]
  if (!needed || !value) return value
  const row = readRow(store, value as unknown as Row)
  if (needed.some((name) => (row?.[name] ?? undefined) === undefined)) {
    if (store === 'bodies') return undefined
    throw new ReplicaError('corrupt')
  }
  return row as unknown as Stores[S]['value']
}

function readRow(store: StoreName, { _, ...stored }: Row): Row | undefined {
  if (_ === undefined) return stored
  try {
    const text = decoder.decode(_ as ArrayBuffer)
    return { ...stored, ...(JSON.parse(hasFragments(store) ? spelledOut(text) : text) as Row) }
  } catch {
    return undefined
  }
}

/** A text of its own length is not gone through for what is rare in it. */
function hasFragments(store: StoreName): boolean {
  return store !== 'bodies'
}

function shortened(text: string): string {
  return FRAGMENTS.reduce((shorter, fragment, code) => shorter.replaceAll(fragment, String.fromCharCode(code)), text)
}

/** In one go: a list reads hundreds of rows anew for every action, in the page. */
function spelledOut(text: string): string {
  return text.replace(CONTROL, (code) => FRAGMENTS[code.charCodeAt(0)] ?? code)
}
